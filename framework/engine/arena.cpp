#include "engine/arena.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace seedbed {

constexpr std::size_t line = 8;                   // doubles in 64 bytes
constexpr std::size_t smallest_chunk = 1u << 16;  // 512 KiB

void Arena::Free::operator()(double* memory) const {
  std::free(memory);
}

Arena::Arena()
    : seedbed_scratch{[](seedbed_scratch* scratch, std::uint64_t count) {
                        return static_cast<Arena*>(scratch)->take_from_arena(count);
                      },
                      [](const seedbed_scratch* scratch) {
                        return static_cast<const Arena*>(scratch)->position();
                      },
                      [](seedbed_scratch* scratch, std::uint64_t place) {
                        static_cast<Arena*>(scratch)->rewind(place);
                      }} {}

/// Chunks are few and smaller than 2^48 doubles.
std::uint64_t Arena::position() const {
  return static_cast<std::uint64_t>(chunk_) << 48 | used_;
}

void Arena::rewind(std::uint64_t position) {
  chunk_ = position >> 48;
  used_ = position & ((std::uint64_t{1} << 48) - 1);
}

seedbed_scratch* Arena::fresh() {
  chunk_ = used_ = 0;
  return this;
}

double* Arena::take_from_arena(std::size_t count) {
  const std::size_t size = (count + line - 1) / line * line;
  while (chunk_ < chunks_.size() && used_ + size > chunks_[chunk_].size) {
    ++chunk_;
    used_ = 0;
  }
  if (chunk_ == chunks_.size()) {
    const std::size_t grown =
        std::max({size, smallest_chunk, chunks_.empty() ? 0 : 2 * chunks_.back().size});
    void* memory = std::aligned_alloc(64, grown * sizeof(double));
    if (!memory) throw std::bad_alloc();
    chunks_.push_back({std::unique_ptr<double, Free>(static_cast<double*>(memory)), grown});
  }
  double* taken = chunks_[chunk_].memory.get() + used_;
  used_ += size;
  return taken;
}

}  // namespace seedbed
