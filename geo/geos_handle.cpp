#include "geo/geos_handle.hpp"

#include "geo/error.hpp"
#include "geo/progress.hpp"

#include <utility>

namespace geo::geos {

namespace {

/// One context a thread: GEOS's reentrant calls write the last error into it, and a context must not be
/// shared.
class ThreadContext {
  public:
    ThreadContext() : m_handle(GEOS_init_r()) {
        if (m_handle == nullptr) {
            throw Error("GEOS 无法启动 / GEOS does not start: out of memory");
        }
        // GEOS asks now and then whether to go on. Its own request flag is one for all threads and would stop
        // another job's work; an exception ends just this call, which GEOS then reports as failed.
        static const bool isAsking = GEOS_interruptRegisterCallback(&Progress::checkWatched) == nullptr;
        static_cast<void>(isAsking);
        GEOSContext_setErrorMessageHandler_r(m_handle, &ThreadContext::storeError, this);
    }
    ~ThreadContext() { GEOS_finish_r(m_handle); }
    ThreadContext(const ThreadContext&) = delete;
    ThreadContext& operator=(const ThreadContext&) = delete;

    [[nodiscard]] GEOSContextHandle_t handle() const { return m_handle; }
    [[nodiscard]] std::string takeError() { return std::exchange(m_error, {}); }

  private:
    static void storeError(const char* message, void* self) {
        static_cast<ThreadContext*>(self)->m_error = message;
    }

    GEOSContextHandle_t m_handle;
    std::string m_error;
};

ThreadContext& threadContext() {
    thread_local ThreadContext context;
    return context;
}

} // namespace

GEOSContextHandle_t context() {
    return threadContext().handle();
}

std::string takeError() {
    Progress::checkWatched();
    return threadContext().takeError();
}

} // namespace geo::geos
