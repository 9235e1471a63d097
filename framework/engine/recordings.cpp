#include "engine/recordings.hpp"

#include <mutex>
#include <utility>
#include <vector>

namespace seedbed {

/// Those that nobody holds.
class Recordings::Spare : public std::enable_shared_from_this<Spare> {
 public:
  explicit Spare(const BatchShape& shape) : shape_(shape) {}

  /// One of them, which comes back here when nobody holds it any more.
  std::shared_ptr<Recording> take() {
    const auto put_back = [all = shared_from_this()](Recording* recording) { all->put(recording); };
    return {pop().release(), put_back};
  }

 private:
  std::unique_ptr<Recording> pop() {
    const std::lock_guard lock(mutex_);
    if (recordings_.empty()) return std::make_unique<Recording>(shape_);
    auto last = std::move(recordings_.back());
    recordings_.pop_back();
    return last;
  }
  void put(Recording* recording) {
    const std::lock_guard lock(mutex_);
    recordings_.emplace_back(recording);
  }

  const BatchShape shape_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Recording>> recordings_;
};

Recordings::Recordings(const BatchShape& shape)
    : spare_(std::make_shared<Spare>(shape)), current_(spare_->take()) {}

Recording& Recordings::next() {
  current_.reset();
  current_ = spare_->take();
  return *current_;
}

}  // namespace seedbed
