#include <cxxabi.h>
#include <seedbed/plugin.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <typeinfo>
#include <vector>

namespace {

std::string type_name(const std::type_info& type) {
  const std::unique_ptr<char, void (*)(void*)> name(
      abi::__cxa_demangle(type.name(), nullptr, nullptr, nullptr), std::free);
  return name.get();
}

std::string place(std::size_t offset, std::size_t size, const std::type_info& type) {
  return "offset " + std::to_string(offset) + " size " + std::to_string(size) + " " +
         type_name(type);
}

/// What plugin.h says in this compiler: one entry for every struct, field and constant.
std::map<std::string, std::string> layout() {
  std::map<std::string, std::string> lines;
#define STRUCT(s) lines[#s] = "size " + std::to_string(sizeof(s));
#define FIELD(s, f) lines[#s "." #f] = place(offsetof(s, f), sizeof(s::f), typeid(decltype(s::f)));
#define CONSTANT(c) lines[#c] = std::to_string(c);
#define WORD(w) lines[#w] = w;
#include "contract.def"
  return lines;
}

constexpr const char* table = SEEDBED_SOURCE "/tests/abi/layout.txt";

std::map<std::string, std::string> kept() {
  std::map<std::string, std::string> lines;
  std::ifstream file(table);
  for (std::string line; std::getline(file, line);)
    lines[line.substr(0, line.find(": "))] = line.substr(line.find(": ") + 2);
  return lines;
}

}  // namespace

/// A field may be added at the end of a struct that has a struct_size or that the host makes, with
/// a new minor (plugin.h, "How it grows"); then the table grows, and no line of it changes but
/// sizes. To write it anew: SEEDBED_WRITE_LAYOUT=1 abi_test.
TEST_CASE("every struct of ABI 1 keeps its offsets, sizes and types and every constant its value") {
  const auto now = layout();
  if (std::getenv("SEEDBED_WRITE_LAYOUT")) {
    std::ofstream file(table);
    for (const auto& [name, text] : now) file << name << ": " << text << "\n";
  }
  const auto before = kept();
  CHECK(before.size() > 200);
  for (const auto& [name, text] : before) {
    INFO("plugins that are built already rely on " << name);
    REQUIRE(now.count(name) == 1);
    CHECK(now.at(name) == text);
  }
  for (const auto& [name, text] : now) {
    INFO(name << " is new: add it to layout.txt together with a new minor");
    CHECK(before.count(name) == 1);
  }
}

TEST_CASE("the table names every field: the sizes of fields and gaps add up to each struct") {
  std::map<std::string, std::size_t> end, size;
  for (const auto& [name, text] : layout()) {
    std::istringstream words(text);
    std::string word;
    std::size_t a = 0, b = 0;
    words >> word >> a;
    const auto dot = name.find('.');
    if (word == "size") size[name] = a;
    if (word != "offset") continue;
    words >> word >> b;
    end[name.substr(0, dot)] = std::max(end[name.substr(0, dot)], a + b);
  }
  REQUIRE(size.size() == end.size());
  for (const auto& [name, last] : end) {
    INFO(name << " ends with a field that contract.def does not name");
    CHECK((last + 7) / 8 * 8 == size.at(name));
  }
}
