#pragma once
#include <seedbed/plugin.h>

#include <cstddef>
#include <cstdint>

namespace seedbed {

/// Read-only block, rows of lanes or samples: entry (i, j) is data[i*stride + j].
struct In {
  const double* data;
  std::size_t stride;

  In(const double* data_, std::size_t stride_) : data(data_), stride(stride_) {}
  In(seedbed_in block) : data(block.data), stride(block.stride) {}
  const double* row(std::size_t i) const { return data + i * stride; }
  double operator()(std::size_t i, std::size_t j) const { return data[i * stride + j]; }
  operator seedbed_in() const { return {data, stride}; }
};

/// A block to write.
struct Out {
  double* data;
  std::size_t stride;

  Out(double* data_, std::size_t stride_) : data(data_), stride(stride_) {}
  Out(seedbed_out block) : data(block.data), stride(block.stride) {}
  double* row(std::size_t i) const { return data + i * stride; }
  double& operator()(std::size_t i, std::size_t j) const { return data[i * stride + j]; }
  operator seedbed_out() const { return {data, stride}; }
  operator In() const { return {data, stride}; }
};

/// The block from sample j on.
inline In from(In block, std::size_t j) { return {block.data + j, block.stride}; }
inline Out from(Out block, std::size_t j) { return {block.data + j, block.stride}; }

/// One lane of a block: entry i is data[i*stride].
template <class T>
struct Lane {
  T* data;
  std::size_t stride;
  T& operator[](std::size_t i) const { return data[i * stride]; }
};
using LaneIn = Lane<const double>;
using LaneOut = Lane<double>;

inline LaneIn lane(In block, std::size_t j) { return {block.data + j, block.stride}; }
inline LaneOut lane(Out block, std::size_t j) { return {block.data + j, block.stride}; }

/// A discrete value as an index below `count`; 0 for what is none, because a lane whose episode
/// ended may hold anything.
inline std::size_t index(double value, std::size_t count) {
  return value >= 0.0 && value < static_cast<double>(count) ? static_cast<std::size_t>(value) : 0;
}

/// Working memory of one call: contents undefined, 64-byte aligned, gone when the call returns.
class Scratch {
 public:
  explicit Scratch(seedbed_scratch* scratch) : scratch_(scratch) {}
  double* take(std::size_t count) { return scratch_->take(scratch_, count); }
  std::uint64_t* take_indices(std::size_t count) {
    return reinterpret_cast<std::uint64_t*>(take(count));
  }
  std::uint64_t mark() const { return scratch_->mark(scratch_); }
  void release(std::uint64_t mark) { scratch_->release(scratch_, mark); }
  seedbed_scratch* raw() const { return scratch_; }

 private:
  seedbed_scratch* scratch_;
};

}  // namespace seedbed
