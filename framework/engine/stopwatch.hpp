#pragma once

namespace seedbed {

/// Wall seconds, and CPU seconds of the process, since it was made.
class Stopwatch {
 public:
  Stopwatch();
  double wall() const;
  double cpu() const;

 private:
  double wall_, cpu_;
};

}  // namespace seedbed
