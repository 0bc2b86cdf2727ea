#include "geo/geos_handle.hpp"

#include "geo/error.hpp"

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
    return threadContext().takeError();
}

} // namespace geo::geos
