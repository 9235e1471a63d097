#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

#include "certify/certification.hpp"
#include "cli/arguments.hpp"

namespace seedbed {

namespace {

using Json = nlohmann::ordered_json;

constexpr double symmetric = 1e-6;  // what central differences leave of a true gradient's curl

double norm(const std::vector<double>& x) {
  double sum = 0.0;
  for (double v : x) sum += v * v;
  return std::sqrt(sum);
}

std::string words(const std::vector<double>& x) {
  std::string text;
  for (double v : x) text += fmt::format("{}{:.6g}", text.empty() ? "" : " ", v);
  return text;
}

Json json_of(const Behaviour& f) {
  Json json{{"process", f.process},
            {"horizon", f.horizon},
            {"discount", f.discount},
            {"N", f.N},
            {"later_state", f.later},
            {"estimand", f.truth},
            {"bias", f.bias},
            {"bias_norm", norm(f.bias)},
            {"bias_error", f.bias_error},
            {"variance_trace", f.variance},
            {"variance_error", f.variance_error},
            {"reinforce_variance_trace", f.reinforce},
            {"best_known_variance_trace", f.best},
            {"unbiased", f.unbiased},
            {"as_declared", f.as_declared}};
  return json;
}

Json json_of(const Certification& c) {
  Json json{{"estimator", c.title}, {"estimand", c.estimand}, {"declared", c.declared}};
  if (c.relative_bias != 0.0) json["declared_relative_bias"] = c.relative_bias;
  json["contributions"] = c.coupling;
  for (const char* list : {"findings", "limits", "omissions"}) json[list] = Json::array();
  for (const Behaviour& f : c.behaviours) json["findings"].push_back(json_of(f));
  for (const Limit& l : c.limits)
    json["limits"].push_back({{"process", l.process},
                              {"bias_norm", l.bias},
                              {"bias_norm_of_eight", l.bias_of_eight},
                              {"vanishes", l.vanishes}});
  for (const Omission& o : c.omissions)
    json["omissions"].push_back(
        {{"process", o.process}, {"N", o.N}, {"later_state", o.later}, {"reason", o.reason}});
  if (!std::isnan(c.curl)) json["relative_curl"] = c.curl;
  json["passed"] = c.passed;
  json["verdict"] = c.verdict;
  return json;
}

/// "0.0123" or "0.0123 (1e-9)", with what quadrature leaves open; below rounding it says nothing.
std::string with_error(double value, double error) {
  const std::string text = fmt::format("{:.6g}", value);
  return error > 1e-9 * std::abs(value) ? text + fmt::format(" ({:.0e})", error) : text;
}

/// Variance as a multiple of another; "-" where that is 0.
std::string ratio(double variance, double other) {
  return other > 0.0 ? fmt::format("{:.4g}", variance / other) : "-";
}

void print_findings(const Certification& c) {
  fmt::print("{:<24} {:>2} {:>5} {:>2}  {:>11}  {:>18}  {:>11}  {:>10}\n", "process", "H", "gamma",
             "N", "bias (norm)", "variance", "/ REINFORCE", "/ best");
  for (const Behaviour& f : c.behaviours) {
    fmt::print("{:<24} {:>2} {:>5} {:>2}  {:>11}  {:>18}  {:>11}  {:>10}\n",
               f.process + (f.later ? " (later)" : ""), f.horizon, f.discount, f.N,
               f.unbiased ? "0" : fmt::format("{:.6g}", norm(f.bias)),
               with_error(f.variance, f.variance_error), ratio(f.variance, f.reinforce),
               ratio(f.variance, f.best));
    if (!f.unbiased)
      fmt::print("    estimand  {}\n    bias      {}\n", words(f.truth), words(f.bias));
    if (f.bias_error > 1e-10 * norm(f.truth))
      fmt::print("    quadrature leaves {:.0e} of each component open\n", f.bias_error);
  }
}

/// One line per reason.
void print_omissions(const Certification& c) {
  std::map<std::string, std::string> places;
  for (const Omission& o : c.omissions) {
    const std::string place =
        o.process + (o.N > 0 ? fmt::format(" N = {}", o.N) : "") + (o.later ? " (later)" : "");
    std::string& text = places[o.reason];
    text += (text.empty() ? "" : ", ") + place;
  }
  for (const auto& [reason, text] : places) fmt::print("\nleft out ({}): {}\n", reason, text);
}

void print(const Certification& c) {
  fmt::print("{}: {}; declared {}{}; contributions: {}\n\n", c.title, c.estimand, c.declared,
             c.relative_bias != 0.0 ? fmt::format(" by {:.6g} of it", c.relative_bias) : "",
             c.coupling);
  print_findings(c);
  for (const Limit& l : c.limits)
    fmt::print("{:<24} the whole distribution as one batch: bias {:.6g}, eight times it: {:.6g}\n",
               l.process, l.bias, l.bias_of_eight);
  print_omissions(c);
  fmt::print(
      "\nvariance: trace of the exact covariance (in brackets: what quadrature leaves open); "
      "as a ratio to that of\nREINFORCE from N episodes, and to the smallest of an unbiased "
      "estimator that the oracle knows.\n");
  if (c.curl > symmetric)
    fmt::print(
        "Its mean is the gradient of nothing: the Jacobian is not symmetric (by {:.3g} of "
        "its largest entry).\n",
        c.curl);
  fmt::print("{}\n", c.verdict);
}

int certify(const Arguments& arguments) {
  arguments.expect_operands(1, 1);
  const Registry registry(arguments.plugin_path());
  const auto program = std::filesystem::read_symlink("/proc/self/exe");
  const std::filesystem::path processes = arguments.value(
      "processes", (program.parent_path().parent_path() / "share/seedbed/processes").string());
  const Certification c =
      certify_on_all(processes, arguments.operand(0), arguments.values("set"), registry);
  if (arguments.has("json"))
    fmt::print("{}\n", json_of(c).dump(2));
  else
    print(c);
  return c.passed ? 0 : static_cast<int>(Exit::mismatch);
}

}  // namespace

extern const Verb certify_verb;
const Verb certify_verb{
    "certify",
    "ESTIMATOR",
    "A unit test: exact bias and variance on small processes, and a verdict",
    {{"processes", "DIR", "Suites of small processes instead of the shipped ones"}},
    certify,
    takes_set | takes_plugins | takes_json};

}  // namespace seedbed
