#pragma once
#include <algorithm>
#include <concepts>
#include <cstdint>
#include <map>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace seedbed {

/// The numbers of an object under their names, from which it goes on as if it had never stopped.
///
/// An object has a state when it names its members, once for both directions:
///
///   template <class Visitor> void members(Visitor& visit) { visit("theta", theta); ... }
///
/// A member is a double, an integer, a string, a vector of doubles or of integers, or again such
/// an object or a vector of them. Names of what is inside of another: "moments/mean",
/// "samples_0/moments/mean".
struct State {
  using Numbers = std::variant<std::vector<double>, std::vector<std::int64_t>>;
  std::map<std::string, Numbers> numbers;

  /// Whether the other has the same names of the same types: whether restore() can take it.
  bool resembles(const State& other) const {
    return std::equal(numbers.begin(), numbers.end(), other.numbers.begin(), other.numbers.end(),
                      [](const auto& a, const auto& b) {
                        return a.first == b.first && a.second.index() == b.second.index();
                      });
  }
};

/// Walks through the members of objects and names each; `Leaf` saves or restores one.
template <class Leaf>
class StateVisitor {
 public:
  explicit StateVisitor(Leaf leaf, std::string prefix = "")
      : leaf_(leaf), prefix_(std::move(prefix)) {}

  template <class T>
  void operator()(const std::string& name, T& x) {
    StateVisitor inside(leaf_, prefix_ + name + "/");
    if constexpr (requires { leaf_(name, x); })
      leaf_(prefix_ + name, x);
    else if constexpr (requires { x.members(inside); })
      x.members(inside);
    else
      for (std::size_t i = 0; i < x.size(); ++i) (*this)(name + "_" + std::to_string(i), x[i]);
  }

 private:
  Leaf leaf_;
  std::string prefix_;
};

struct SaveLeaf {
  State& state;

  void operator()(const std::string& name, const double& x) const { put(name, std::vector{x}); }
  template <std::integral Number>
  void operator()(const std::string& name, const Number& x) const {
    put(name, std::vector{static_cast<std::int64_t>(x)});
  }
  void operator()(const std::string& name, const std::vector<double>& x) const { put(name, x); }
  template <std::integral Number>
  void operator()(const std::string& name, const std::vector<Number>& x) const {
    put(name, std::vector<std::int64_t>(x.begin(), x.end()));
  }
  void operator()(const std::string& name, const std::string& x) const {
    put(name, std::vector<std::int64_t>(x.begin(), x.end()));
  }
  void put(const std::string& name, State::Numbers x) const { state.numbers[name] = std::move(x); }
};

struct RestoreLeaf {
  const State& state;

  void operator()(const std::string& name, double& x) const { x = get<double>(name).at(0); }
  template <std::integral Number>
  void operator()(const std::string& name, Number& x) const {
    x = static_cast<Number>(get<std::int64_t>(name).at(0));
  }
  void operator()(const std::string& name, std::vector<double>& x) const { x = get<double>(name); }
  template <std::integral Number>
  void operator()(const std::string& name, std::vector<Number>& x) const {
    x.clear();
    for (const std::int64_t number : get<std::int64_t>(name))
      x.push_back(static_cast<Number>(number));
  }
  void operator()(const std::string& name, std::string& x) const {
    x.assign(get<std::int64_t>(name).begin(), get<std::int64_t>(name).end());
  }
  template <class Number>
  const std::vector<Number>& get(const std::string& name) const {
    return std::get<std::vector<Number>>(state.numbers.at(name));
  }
};

template <class T>
State state_of(T& object) {
  State state;
  StateVisitor<SaveLeaf> visit(SaveLeaf{state});
  object.members(visit);
  return state;
}

/// False, and nothing done, when the state is not one of such an object.
template <class T>
bool restore(T& object, const State& state) {
  if (!state_of(object).resembles(state)) return false;
  StateVisitor<RestoreLeaf> visit(RestoreLeaf{state});
  object.members(visit);
  return true;
}

}  // namespace seedbed
