#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "store/reader.hpp"
#include "store/writer.hpp"

namespace seedbed {

/// The union of one scale over many files: numbers ascending, labels as they appear.
class MergedScale {
 public:
  void add(const Reader& reader, const std::string& path);
  void write(Writer& writer, const std::string& path) const;
  /// Where the entries of the file's scale are in the union.
  std::vector<std::uint64_t> places(const Reader& reader, const std::string& path) const;
  std::uint64_t size() const { return is_text_ ? labels_.size() : numbers_.size(); }

 private:
  bool is_text_ = false;
  Meaning meaning_;
  std::set<std::int64_t> numbers_;
  std::vector<std::string> labels_;
  std::map<std::string, std::uint64_t> place_of_label_;
};

/// One group of many files, laid over each other as (outer dimensions..., own dimensions).
class MergedGroup {
 public:
  MergedGroup(std::string source, std::string target)
      : source_(std::move(source)), target_(std::move(target)) {}

  /// First pass: what there is. Numbers only; a file without the group adds nothing.
  void add(const Reader& reader);
  /// Between: makes scales and arrays in the target group.
  void reserve(Writer& writer, const Dimensions& outer) const;
  /// Second pass: the numbers of one file to the place `at` of the outer dimensions.
  void copy(const Reader& reader, Writer& writer, const std::vector<std::uint64_t>& at) const;

  bool empty() const { return variables_.empty(); }
  bool has(const std::string& name) const { return variables_.contains(name) || is_scale(name); }
  bool is_scale(const std::string& name) const { return scales_.contains(name); }

 private:
  struct Variable {
    Meaning meaning;
    std::vector<std::string> dims;
  };
  void add_variables(const Reader& reader, const std::vector<std::string>& names);

  std::string source_, target_;
  std::vector<std::string> seen_names_, seen_scales_, order_;
  std::map<std::string, MergedScale> scales_;
  std::map<std::string, Variable> variables_;
};

}  // namespace seedbed
