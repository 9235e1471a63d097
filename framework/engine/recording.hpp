#pragma once
#include <seedbed/plugin.h>

#include <cstdint>
#include <vector>

#include "engine/aligned.hpp"

namespace seedbed {

/// Rows of samples that grow at the end: entry (i, j) is data[i*stride + j]. Keeps its memory. Up
/// to `slack` numbers after the last may be overwritten by whoever fills it.
class Rows {
 public:
  static constexpr std::size_t slack = 8;

  explicit Rows(std::size_t rows = 0) : rows_(rows) {}
  void clear() { size_ = 0; }
  /// Keeps what is there.
  void resize(std::size_t size) {
    if (size + slack > capacity_ && rows_ > 0) grow(size);
    size_ = size;
  }
  double* row(std::size_t i) { return data_.data() + i * capacity_; }
  const double* row(std::size_t i) const { return data_.data() + i * capacity_; }
  std::size_t rows() const { return rows_; }
  std::size_t size() const { return size_; }
  seedbed_in view() const { return {data_.data(), capacity_}; }

 private:
  void grow(std::size_t size);

  std::size_t rows_, size_ = 0, capacity_ = 0;
  AlignedDoubles data_;
};

/// Which numbers a batch carries per sample and per episode.
struct BatchShape {
  std::size_t observation = 0, action = 0, state = 0;
  std::size_t policy_uniforms = 0, policy_normals = 0, step_uniforms = 0, step_normals = 0;
  std::size_t reset_uniforms = 0, reset_normals = 0;
};

/// A batch that owns its memory. Trajectories may be added in any order, each under its index.
struct Recording {
  explicit Recording(const BatchShape& shape = {});

  /// Empties it and sets the number of episodes and requests.
  void start(std::size_t episodes, std::size_t requests);
  /// Makes room for a trajectory of `length` steps; gives the index of its first sample.
  std::size_t add(std::size_t episode, std::size_t length);
  /// The same for `count` of them, in their order, whose lengths are set.
  void place(std::size_t first, std::size_t count);
  /// Adds trajectory number `other` of another recording of the same shape as `episode`.
  void copy(std::size_t episode, const Recording& from, std::size_t other);
  /// The batch as plugins see it; pointers are valid until the recording changes.
  seedbed_batch view();

  // per sample
  Rows observation, action, reward, log_prob, state;
  Rows policy_uniform, policy_normal, step_uniform, step_normal;
  std::vector<std::int64_t> t;
  // per episode
  Rows final_observation, terminated, reset_uniform, reset_normal;
  std::vector<std::uint64_t> begin, length, noise, request;
  // per request
  std::vector<std::vector<double>> theta;
  std::vector<std::uint32_t> transform;
  // of all
  std::uint64_t horizon = 0;
  double discount = 1.0;
  const seedbed_component *environment = nullptr, *policy = nullptr;

 private:
  std::vector<const double*> theta_pointers_;
};

}  // namespace seedbed
