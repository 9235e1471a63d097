#pragma once
// Internal to the store.
#include "store/collection.hpp"
#include "store/final_policy.hpp"
#include "store/merge.hpp"

namespace seedbed {

/// What is known of a run before anything is written.
struct FoundRun {
  std::string status;  ///< "done", "diverged", or why it is not there.
  bool is_present = false;
};

/// Letters and digits; others become '_': "optimizer_step".
std::string identifier(const std::string& name);

/// Collects one stage: first look at all runs, then write(). `stage` must outlive it.
class StageCollector {
 public:
  explicit StageCollector(const CollectStage& stage);
  static Declarations datasets();
  void write(Writer& writer) const;
  const std::vector<std::vector<FoundRun>>& found() const { return found_; }

 private:
  void look();
  void look_at(const Reader& run);
  void name_axes();
  void write_axes(Writer& writer, const std::string& group) const;
  void write_replicates(Writer& writer, const std::string& group) const;
  void write_arrays(Writer& writer) const;
  std::vector<std::uint64_t> place(std::size_t cell, std::size_t replicate) const;
  std::size_t index(std::size_t cell) const { return stage_.cells[cell].index; }
  void write_together(Writer& writer, const std::string& group) const;

  const CollectStage& stage_;
  std::string group_;
  Dimensions axes_, outer_;           ///< outer_: the axes and "replicate"
  std::vector<Dimensions> together_;  ///< Of each axis: the names of those that advance along it.
  std::size_t size_ = 1;              ///< Of the product of the axes.
  std::size_t replicates_ = 0;
  std::vector<std::vector<FoundRun>> found_;  ///< [cell][replicate]
  MergedGroup results_, timing_;
  FinalPolicy policy_;
  std::string reference_kind_;
};

}  // namespace seedbed
