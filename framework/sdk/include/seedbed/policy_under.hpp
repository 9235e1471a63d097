#pragma once
#include <seedbed/capability.hpp>

namespace seedbed {

/// A policy under one theta at a time, for many calls: prepared for it (SEEDBED_POLICY_PREPARED)
/// where that is something, else as it is. functions() and self() are to be called as its own.
class PolicyUnder {
 public:
  explicit PolicyUnder(const seedbed_component& policy)
      : policy_(&policy),
        more_(find_capability<seedbed_policy_prepared>(policy, SEEDBED_POLICY_PREPARED)),
        size_(more_ ? more_->size(policy.self) : 0) {}

  std::size_t size() const { return size_; }  ///< doubles that it needs of memory
  /// memory [size], 64-byte aligned: stays in use until the last call under this theta.
  std::int32_t prepare(const double* theta, double* memory, seedbed_message* message) {
    prepared_ = memory;
    return size_ == 0 ? SEEDBED_OK : more_->prepare(policy_->self, theta, memory, message);
  }

  const seedbed_policy& functions() const {
    return size_ == 0 ? *static_cast<const seedbed_policy*>(policy_->functions) : *more_->functions;
  }
  const void* self() const { return size_ == 0 ? policy_->self : prepared_; }

 private:
  const seedbed_component* policy_;
  const seedbed_policy_prepared* more_;
  std::size_t size_;
  const double* prepared_ = nullptr;
};

}  // namespace seedbed
