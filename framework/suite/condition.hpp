#pragma once
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <seedbed/error.hpp>
#include <string>
#include <vector>

namespace seedbed {

/// The names that a condition may speak of, and the labels that each can have; none: any label.
using Vocabulary = std::map<std::string, std::vector<std::string>>;

/// A condition that cannot be read, or that speaks of what is not there. Exit 2.
class ConditionError : public Error {
 public:
  ConditionError(const std::string& condition, std::size_t at, std::size_t how_wide,
                 std::string what_is_wrong, std::string what_to_do);

  std::size_t column = 1, width = 1;  ///< In the condition, from 1, in code points.
  std::string message, hint;          ///< what() has both, and the condition.
};

/// A condition over labels, as in `when` of [sweep] and in `run --only`:
///
///     estimator = reinforce and (optimizer.step < 1e-3 or not policy.sigma = environment.sigma)
///
///     either     = both { "or" both }
///     both       = factor { "and" factor }
///     factor     = "not" factor | "(" either ")" | operand operator operand
///     operator   = "=" | "==" | "!=" | "<" | "<=" | ">" | ">="
///     operand    = a name of the vocabulary | a word | "quoted" | 'quoted'
///
/// Labels compare as numbers where both are numbers, else as text. A comparison of a name that has
/// no label (an axis that a stage does not know) does not hold, whatever its operator.
class Condition {
 public:
  /// The label of a name here; nothing where it has none.
  using LabelOf = std::function<std::optional<std::string>(const std::string& name)>;

  /// Throws ConditionError: what cannot be read; a comparison without a name of the vocabulary
  /// (with the nearest one); = or != with a word that is no label of the name. A number may be
  /// none: `when` holds for what --set makes of an axis, too.
  Condition(const std::string& text, const Vocabulary& vocabulary);

  bool holds(const LabelOf& label_of) const;

  enum class Kind { compare, negate, both, either };
  enum class Operator { equal, unequal, less, at_most, greater, at_least };
  struct Operand {
    std::string text;
    std::size_t at = 0;  ///< Byte in the condition.
    bool is_quoted = false, is_name = false;
  };
  /// The condition in postfix form.
  struct Step {
    Kind kind = Kind::compare;
    Operator comparison = Operator::equal;
    Operand left, right;
  };

 private:
  std::vector<Step> steps_;
};

}  // namespace seedbed
