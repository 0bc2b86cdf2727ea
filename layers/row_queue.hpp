#pragma once

// Rows on their way from the thread that makes them to the one that stores them; included by
// layers/geopackage_*.cpp only.

#include "layers/table.hpp"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace layers {

/// A cell whose text or bytes lie in its chunk.
struct StoredCell { // NOLINT(*-member-init): `kind` says which of the union holds
    enum class Kind : std::uint8_t { Null, Text, Integer, Real, Bytes };
    Kind kind = Kind::Null;
    std::uint32_t length = 0;
    union {
        std::int64_t integer = 0;
        double real;
        std::size_t offset;
    };
};

/// Consecutive rows of one table.
struct RowChunk {
    std::size_t table = 0;
    std::size_t rows = 0;
    std::vector<StoredCell> cells; ///< row by row
    std::string bytes;             ///< texts and geometries
    void clear() {
        rows = 0;
        cells.clear();
        bytes.clear();
    }
};

/// Hands chunks and other work to one storing thread in the order in which they come, a few at a time so that
/// memory stays small. An exception of the storing thread is thrown at the next call.
class RowQueue {
  public:
    explicit RowQueue(std::function<void(const RowChunk&)> store);
    ~RowQueue(); ///< what has not been stored is dropped
    RowQueue(const RowQueue&) = delete;
    RowQueue& operator=(const RowQueue&) = delete;

    /// An empty chunk to fill.
    [[nodiscard]] std::unique_ptr<RowChunk> take();
    void put(std::unique_ptr<RowChunk> chunk);
    void put(std::function<void()> work);
    /// Waits until everything is stored.
    void drain();

  private:
    struct Item {
        std::unique_ptr<RowChunk> chunk;
        std::function<void()> work;
    };
    void put(Item item);
    void run();
    void throwFailure();

    std::function<void(const RowChunk&)> m_store;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Item> m_full;
    std::vector<std::unique_ptr<RowChunk>> m_free;
    std::exception_ptr m_failure;
    bool m_busy = false;
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace layers
