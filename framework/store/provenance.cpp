#include "store/provenance.hpp"

#include <algorithm>

namespace seedbed {

namespace {

constexpr Declaration provenance_texts[] = {
    {"/provenance/needs", "", "1",
     "where theta is of another stage: its file, task and checkpoint, JSON"},
    {"/provenance/suite", "", "1", "suite file as it was read, TOML"},
    {"/provenance/overrides", "", "1", "what --set asked for, JSON list"},
    {"/provenance/resolved", "", "1", "what was run, with all defaults, canonical TOML"},
    {"/provenance/plugins", "", "1", "libraries: sha256, compiler, isa, version, uses, JSON"},
    {"/provenance/files", "", "1", "files that parameters name: name and contents, JSON"},
    {"/provenance/build", "", "1", "build of the program: version, compiler, flags, JSON"},
    {"/provenance/noise", "", "1", "generator and key of the noise, JSON"},
    {"/provenance/git_commit", "", "1", "commit of the work tree that the suite lies in"},
    {"/provenance/git_diff", "", "1", "what differed from that commit"}};

}  // namespace

Declarations provenance_of_runs() {
  return provenance_texts;
}

Declarations provenance_of_results() {
  return provenance_of_runs().subspan(1);  // no stage, no need
}

void write_provenance(Writer& writer, const std::string& name, const std::string& text) {
  const std::string path = "/provenance/" + name;
  const auto found = std::ranges::find(provenance_texts, path, &Declaration::path);
  writer.text(path, text, found == std::end(provenance_texts) ? name : found->long_name);
}

}  // namespace seedbed
