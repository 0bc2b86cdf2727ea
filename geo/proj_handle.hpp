#pragma once

// The only door to PROJ's coordinate systems (reentrant, one context an object). Included by geo/*.cpp only.

#include <proj.h>

#include <memory>
#include <string>

namespace geo::projlib {

struct PjDeleter {
    void operator()(PJ* pj) const { proj_destroy(pj); }
};
using PjPtr = std::unique_ptr<PJ, PjDeleter>;

struct PjListDeleter {
    void operator()(PJ_OBJ_LIST* list) const { proj_list_destroy(list); }
};
using PjListPtr = std::unique_ptr<PJ_OBJ_LIST, PjListDeleter>;

/// A context of its own that never goes to the network and keeps PROJ's words instead of printing them.
class Context {
  public:
    Context();
    ~Context();
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    [[nodiscard]] PJ_CONTEXT* get() const { return m_context; }
    /// What PROJ said last, and clears it.
    [[nodiscard]] std::string takeMessage();

  private:
    static void storeMessage(void* self, int level, const char* message);

    PJ_CONTEXT* m_context;
    std::string m_message;
};

} // namespace geo::projlib
