#pragma once
#include <memory>

#include "engine/recording.hpp"

namespace seedbed {

/// Recordings that take turns, so that a batch can be read elsewhere while the next one is drawn.
class Recordings {
 public:
  explicit Recordings(const BatchShape& shape);

  Recording& current() { return *current_; }
  /// For the next batch: the one that was let go last, since it may be in a cache still; a new one
  /// where others hold all there are.
  Recording& next();
  /// The current one stays as it is until this is let go, by any thread, whatever becomes of *this.
  std::shared_ptr<const void> hold() const { return current_; }

 private:
  class Spare;
  std::shared_ptr<Spare> spare_;
  std::shared_ptr<Recording> current_;
};

}  // namespace seedbed
