#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <seedbed/error.hpp>

#include "check/cases.hpp"
#include "loader/parameter.hpp"

namespace seedbed {
namespace {

Verdict broken(const char* law, const std::string& text) {
  return {Result::fail, fmt::format("law '{}': {}", law, text)};
}

Verdict descriptor_is_complete(const Bench& bench) {
  constexpr const char* law = "the descriptor is complete";
  const seedbed_descriptor& d = bench.descriptor();
  const auto lacks = [](const char* text) { return !text || !*text; };
  for (const char c : std::string_view(d.name))
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
      return broken(law,
                    fmt::format("name: expected lower-case words joined by '-', got '{}'", d.name));
  if (lacks(d.version)) return broken(law, "expected a version, got none");
  if (lacks(d.license)) return broken(law, "expected a licence, got none");
  if (!d.summary || !d.source) return broken(law, "expected summary and source, got null");
  for (std::uint64_t i = 0; i < d.parameter_count; ++i) {
    const seedbed_parameter& p = d.parameters[i];
    const auto of = [&](const char* what) {
      return broken(law, fmt::format("parameter '{}': expected {}", p.key, what));
    };
    if (p.type < SEEDBED_BOOLEAN || p.type > SEEDBED_COMPONENT) return of("a type of ABI 1");
    if (lacks(p.doc)) return of("one line of doc, got none");
    if (!p.unit) return of("a unit, \"\" where there is none, got null");
    if (!(p.low <= p.high)) return of("low <= high");
    const bool chooses = p.type == SEEDBED_CHOICE || p.type == SEEDBED_COMPONENT;
    if (chooses && lacks(p.choices)) return of("choices, got none");
    for (std::uint64_t k = 0; k < i; ++k)
      if (std::string_view(p.key) == d.parameters[k].key) return of("one row, got two");
  }
  for (std::uint64_t i = 0; i < d.capability_count; ++i)
    if (lacks(d.capabilities[i].id) || !d.capabilities[i].functions)
      return broken(law, "expected an id and functions for every capability");
  return {};
}

/// Every default alone, so that one that is wrong is named.
Verdict defaults_are_valid(const Bench& bench) {
  if (const std::string lack = bench.lack(); !lack.empty()) return {Result::skipped, lack};
  try {
    bench.setting();
    return {};
  } catch (const Error& error) {
    return broken("defaults have their type and are in range", error.what());
  }
}

/// An instance at the first place that takes it; what the last one said otherwise.
struct Creation {
  bool made = false;
  std::string refusal;
  std::int64_t parameter = SEEDBED_NO_PARAMETER;
};

Creation create(const Bench& bench, const Setting& setting) {
  Creation creation;
  for (const Site& site : sites_for(bench.plugin().kind())) {
    try {
      const Instance instance(setting, site.context);
      return {true, "", SEEDBED_NO_PARAMETER};
    } catch (const Error& error) {
      creation.refusal = error.what();
      creation.parameter = error.parameter();
    }
  }
  return creation;
}

Verdict an_instance_is_made(const Bench& bench) {
  const Creation creation = create(bench, bench.setting());
  if (creation.made) return {};
  if (creation.parameter != SEEDBED_NO_PARAMETER || creation.refusal.empty())
    return {Result::skipped, "its defaults do not make one (--set): " + creation.refusal};
  return {Result::skipped, "no place that it takes: " + creation.refusal};
}

/// The values of a parameter that lie at its ends, as TOML text; all of them where they are few.
std::vector<std::string> ends_of(const seedbed_parameter& p) {
  if (p.type == SEEDBED_BOOLEAN) return {"true", "false"};
  if (p.type == SEEDBED_CHOICE) {
    std::vector<std::string> words;
    for (const std::string& word : choices_of(p)) words.push_back('"' + word + '"');
    return words;
  }
  std::vector<std::string> texts;
  const auto add = [&](double bound, bool open, double inwards) {
    if (!std::isfinite(bound)) return;
    if (p.type == SEEDBED_INTEGER)
      texts.push_back(fmt::format("{:.0f}", open ? bound + (inwards > 0.0 ? 1.0 : -1.0) : bound));
    else
      texts.push_back(fmt::format(fmt::runtime(p.type == SEEDBED_REAL ? "{:.17e}" : "[{:.17e}]"),
                                  open ? std::nextafter(bound, inwards) : bound));
  };
  const bool numeric = p.type == SEEDBED_INTEGER || p.type == SEEDBED_REAL ||
                       p.type == SEEDBED_REALS || p.type == SEEDBED_MATRIX;
  if (numeric) {
    add(p.low, p.range & SEEDBED_LOW_OPEN, INFINITY);
    add(p.high, p.range & SEEDBED_HIGH_OPEN, -INFINITY);
  }
  return texts;
}

Verdict bounds_are_accepted(const Bench& bench) {
  if (!create(bench, bench.setting()).made)
    return {Result::skipped, "its defaults make no instance (--set)"};
  std::size_t tried = 0;
  for (std::uint64_t i = 0; i < bench.descriptor().parameter_count; ++i) {
    const seedbed_parameter& p = bench.descriptor().parameters[i];
    for (const std::string& text : ends_of(p)) {
      fmt::print(stderr, "with {} = {}\n", p.key, text);  // what a crash is reported with
      const Creation creation = create(bench, bench.setting({{p.key, text}}));
      ++tried;
      if (creation.made || creation.parameter == static_cast<std::int64_t>(i) ||
          creation.refusal.find(p.key) != std::string::npos)
        continue;
      return broken("a parameter at its bound is accepted, or refused by name",
                    fmt::format("{} = {}: expected a message that names '{}', got '{}'", p.key,
                                text, p.key, creation.refusal));
    }
  }
  return {Result::pass, fmt::format("{} values", tried)};
}

/// Demands that reading this setting throws and names the parameter.
Verdict refused(const Bench& bench, const seedbed_parameter& p, const std::string& text,
                const char* law) {
  try {
    if (text.empty())
      bench.setting({}, p.key);
    else
      bench.setting({{p.key, text}});
  } catch (const Error& error) {
    if (std::string_view(error.what()).find(p.key) != std::string_view::npos) return {};
    return broken(law,
                  fmt::format("expected a message that names '{}', got '{}'", p.key, error.what()));
  }
  return broken(law, fmt::format("{} {}: expected a refusal, got none", p.key,
                                 text.empty() ? "left out" : "= " + text));
}

Verdict out_of_range_is_refused(const Bench& bench) {
  for (std::uint64_t i = 0; i < bench.descriptor().parameter_count; ++i) {
    const seedbed_parameter& p = bench.descriptor().parameters[i];
    std::vector<std::string> beyond;
    if (p.type == SEEDBED_CHOICE) beyond = {"\"no such word\""};
    if (p.type == SEEDBED_BOOLEAN) beyond = {"17"};
    if (p.type == SEEDBED_INTEGER || p.type == SEEDBED_REAL) beyond = {"\"a word\"", "nan"};
    const char* form = p.type == SEEDBED_INTEGER ? "{:.0f}" : "{:.17e}";
    if ((p.type == SEEDBED_INTEGER || p.type == SEEDBED_REAL) && std::isfinite(p.low))
      beyond.push_back(fmt::format(fmt::runtime(form), p.low - 1.0));
    if ((p.type == SEEDBED_INTEGER || p.type == SEEDBED_REAL) && std::isfinite(p.high))
      beyond.push_back(fmt::format(fmt::runtime(form), p.high + 1.0));
    for (const std::string& text : beyond)
      if (const Verdict v = refused(bench, p, text, "out of range is refused with a message");
          v.result != Result::pass)
        return v;
  }
  return {};
}

Verdict missing_is_refused(const Bench& bench) {
  std::size_t required = 0;
  for (std::uint64_t i = 0; i < bench.descriptor().parameter_count; ++i) {
    const seedbed_parameter& p = bench.descriptor().parameters[i];
    if (p.default_toml) continue;
    ++required;
    if (const Verdict v = refused(bench, p, "", "missing is refused with a message");
        v.result != Result::pass)
      return v;
  }
  return {Result::pass, required ? "" : "none is required"};
}

}  // namespace

Verdict unless_lacking(const Bench& bench, const std::function<Verdict()>& run) {
  if (std::string lack = bench.lack(); !lack.empty()) return {Result::skipped, std::move(lack)};
  return run();
}

Cases parameter_cases(const Bench& bench) {
  const auto lacking = [&](Verdict (*run)(const Bench&)) {
    return [&bench, run] { return unless_lacking(bench, [&] { return run(bench); }); };
  };
  return {{"the-descriptor-is-complete", [&] { return descriptor_is_complete(bench); }},
          {"defaults-are-valid", [&] { return defaults_are_valid(bench); }},
          {"missing-parameters-are-refused", [&] { return missing_is_refused(bench); }},
          {"out-of-range-parameters-are-refused", lacking(out_of_range_is_refused)},
          {"an-instance-is-made", lacking(an_instance_is_made)},
          {"parameters-at-their-bounds-are-accepted", lacking(bounds_are_accepted)}};
}

}  // namespace seedbed
