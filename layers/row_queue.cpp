#include "layers/row_queue.hpp"

#include <utility>

namespace layers {

namespace {
constexpr std::size_t kWaitingMost = 16;
}

RowQueue::RowQueue(std::function<void(const RowChunk&)> store)
    : m_store(std::move(store)), m_thread([this] { run(); }) {}

RowQueue::~RowQueue() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
        m_full.clear();
    }
    m_changed.notify_all();
    m_thread.join();
}

std::unique_ptr<RowChunk> RowQueue::take() {
    const std::lock_guard lock(m_mutex);
    if (m_free.empty()) {
        return std::make_unique<RowChunk>();
    }
    std::unique_ptr<RowChunk> chunk = std::move(m_free.back());
    m_free.pop_back();
    return chunk;
}

void RowQueue::put(std::unique_ptr<RowChunk> chunk) {
    put(Item{std::move(chunk), {}});
}

void RowQueue::put(std::function<void()> work) {
    put(Item{nullptr, std::move(work)});
}

void RowQueue::put(Item item) {
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_full.size() < kWaitingMost || m_failure; });
        throwFailure();
        m_full.push_back(std::move(item));
    }
    m_changed.notify_all();
}

void RowQueue::drain() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return (m_full.empty() && !m_busy) || m_failure; });
    throwFailure();
}

void RowQueue::throwFailure() {
    if (m_failure) {
        std::rethrow_exception(m_failure);
    }
}

void RowQueue::run() {
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_stop || !m_full.empty(); });
        if (m_stop) {
            return;
        }
        Item item = std::move(m_full.front());
        m_full.pop_front();
        m_busy = true;
        lock.unlock();
        m_changed.notify_all();
        std::exception_ptr failure;
        try {
            if (item.chunk) {
                m_store(*item.chunk);
                item.chunk->clear();
            } else {
                item.work();
            }
        } catch (...) {
            failure = std::current_exception();
        }
        lock.lock();
        if (item.chunk) {
            m_free.push_back(std::move(item.chunk));
        }
        m_busy = false;
        if (failure) {
            m_failure = failure;
            m_full.clear();
            m_changed.notify_all();
            return;
        }
        m_changed.notify_all();
    }
}

} // namespace layers
