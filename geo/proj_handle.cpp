#include "geo/proj_handle.hpp"

#include "geo/error.hpp"

#include <utility>

namespace geo::projlib {

Context::Context() : m_context(proj_context_create()) {
    if (m_context == nullptr) {
        throw Error("PROJ 无法启动 / PROJ does not start: out of memory");
    }
    proj_log_func(m_context, this, &Context::storeMessage);
    proj_context_set_enable_network(m_context, 0);
}

Context::~Context() {
    proj_context_destroy(m_context);
}

std::string Context::takeMessage() {
    return std::exchange(m_message, {});
}

void Context::storeMessage(void* self, int /*level*/, const char* message) {
    static_cast<Context*>(self)->m_message = message;
}

} // namespace geo::projlib
