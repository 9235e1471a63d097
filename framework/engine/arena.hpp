#pragma once
#include <seedbed/plugin.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace seedbed {

/// The scratch memory of one thread: `take` never fails short of memory, `rewind` gives all back at
/// once and keeps the pages. Everything taken is 64-byte aligned.
class Arena : private seedbed_scratch {
 public:
  Arena();
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  /// To hand to a plugin's function. Rewinds: the last function's scratch is over.
  seedbed_scratch* fresh();

 private:
  struct Free {
    void operator()(double* memory) const;
  };
  struct Chunk {
    std::unique_ptr<double, Free> memory;
    std::size_t size;
  };
  double* take_from_arena(std::size_t count);
  std::uint64_t position() const;
  void rewind(std::uint64_t position);

  std::vector<Chunk> chunks_;
  std::size_t chunk_ = 0, used_ = 0;
};

}  // namespace seedbed
