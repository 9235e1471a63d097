#pragma once
#include <new>
#include <vector>

namespace seedbed {

/// Memory that starts at a cache line, so that no vector load straddles two.
template <class T>
struct LineAllocator {
  using value_type = T;
  static constexpr std::align_val_t line{64};

  LineAllocator() = default;
  template <class Other>
  LineAllocator(const LineAllocator<Other>&) {}
  T* allocate(std::size_t n) { return static_cast<T*>(::operator new(n * sizeof(T), line)); }
  void deallocate(T* memory, std::size_t) { ::operator delete(memory, line); }
  bool operator==(const LineAllocator&) const { return true; }
};

using AlignedDoubles = std::vector<double, LineAllocator<double>>;

}  // namespace seedbed
