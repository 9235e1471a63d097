#include <fmt/format.h>

#include <algorithm>
#include <cmath>
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

Json json_of(const Certification& c) {
  Json findings = Json::array();
  for (const Finding& f : c.findings)
    findings.push_back({{"process", f.process},
                        {"horizon", f.horizon},
                        {"discount", f.discount},
                        {"N", f.N},
                        {"later_state", f.later},
                        {"gradient", f.truth},
                        {"bias", f.bias},
                        {"variance_trace", f.variance},
                        {"yardstick_variance_trace", f.yardstick},
                        {"unbiased", f.unbiased}});
  Json json{{"estimator", c.title},        {"estimand", c.estimand}, {"declared", c.declared},
            {"contributions", c.coupling}, {"findings", findings},   {"judged", c.judged},
            {"passed", c.passed},          {"verdict", c.verdict}};
  if (!std::isnan(c.curl)) json["relative_curl"] = c.curl;
  return json;
}

void print(const Certification& c) {
  fmt::print("{}: {}; declared {}; contributions: {}\n\n", c.title, c.estimand, c.declared,
             c.coupling);
  fmt::print("{:<26} {:>2} {:>5} {:>2}  {:>11}  {:>12}  {:>9}\n", "process", "H", "gamma", "N",
             "bias (norm)", "variance", "against *");
  for (const Finding& f : c.findings) {
    fmt::print("{:<26} {:>2} {:>5} {:>2}  {:>11}  {:>12.6g}  {:>9.4g}\n",
               f.process + (f.later ? " (later)" : ""), f.horizon, f.discount, f.N,
               f.unbiased ? "0" : fmt::format("{:.6g}", norm(f.bias)), f.variance,
               f.variance / f.yardstick);
    if (!f.unbiased)
      fmt::print("    gradient  {}\n    bias      {}\n", words(f.truth), words(f.bias));
  }
  fmt::print(
      "\n* variance as a ratio to that of the process's yardstick; variance: trace of the "
      "exact covariance.\n");
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
    certify};

}  // namespace seedbed
