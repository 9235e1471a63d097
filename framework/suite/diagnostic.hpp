#pragma once
#include <cstddef>
#include <seedbed/error.hpp>
#include <set>
#include <string>
#include <vector>

#include "suite/document.hpp"

namespace seedbed {

/// All that is wrong with a suite; what() is the whole text, ready to be shown. Exit 2.
class SuiteError : public Error {
 public:
  explicit SuiteError(const std::string& text, bool only_unmet = false)
      : Error(text), only_unmet_(only_unmet) {}

  /// Nothing is wrong but that plugins do not go together: one needs what another has not.
  bool only_unmet() const { return only_unmet_; }

 private:
  bool only_unmet_;
};

/// Collects what is wrong with a suite, so that a user sees all of it at once. What is said twice
/// of one place is kept once.
class Diagnostics {
 public:
  void add(const Place& place, const std::string& message, const std::string& hint = "");
  /// A plugin needs what another has not.
  void add_unmet(const Place& place, const std::string& message);

  /// A line for the end of the text, once: the folders that were searched.
  void note(const std::string& text);

  std::size_t count() const { return found_.size(); }

  /// Throws SuiteError with everything in the order of the text, if there is anything:
  ///
  ///     suite.toml:14:3: error: unknown parameter 'learning_rat' of optimizer 'sgd'
  ///        14 |   learning_rat = 3e-4
  ///           |   ^^^^^^^^^^^^ did you mean 'step'?
  void check() const;

 private:
  struct Diagnostic {
    Place place;
    std::string text;
    bool is_unmet;
  };
  void add(const Place& place, const std::string& message, const std::string& hint, bool is_unmet);

  std::vector<Diagnostic> found_;
  std::set<std::string> said_;
  std::vector<std::string> notes_;
};

/// "did you mean 'step'?", or "" when nothing is near.
std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates);

/// "a, b, c"
std::string listed(const std::vector<std::string>& words);

}  // namespace seedbed
