#include "proof/crate.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

#include "proof/crate_graph.hpp"
#include "proof/crate_uri.hpp"
#include "runner/published_text.hpp"

namespace seedbed {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* metadata = "ro-crate-metadata.json";

std::string text_in(const Json& entity, const char* key) {
  const auto found = entity.find(key);
  return found != entity.end() && found->is_string() ? found->get<std::string>() : "";
}

bool same_files(const Inventory& a, const Inventory& b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](auto& x, auto& y) {
           return x.first == y.first && x.second.sha256 == y.second.sha256 &&
                  x.second.modified == y.second.modified;
         });
}

}  // namespace

Inventory files_in_crate(const fs::path& folder) {
  const fs::path path = folder / metadata;
  std::ifstream file(path);
  if (!file)
    throw Error(path.string() +
                ": expected the crate of a results folder, got no such file; it is "
                "written when results.h5 is collected");
  const Json json = Json::parse(file, nullptr, false);
  if (!json.is_object() || !json.contains("@graph") || !json["@graph"].is_array())
    throw Error(path.string() + ": expected RO-Crate metadata, got another text", Exit::damaged);
  Inventory files;
  for (const Json& entity : json["@graph"]) {
    if (!entity.is_object() || text_in(entity, "@type") != "File") continue;
    const std::string size = text_in(entity, "contentSize"), name = path_of(text_in(entity, "@id"));
    const bool is_size = !size.empty() && size.size() < 20 &&
                         size.find_first_not_of("0123456789") == std::string::npos;
    if (!is_size || name.empty())
      throw Error(path.string() + ": expected a File with its size, got " + entity.dump(),
                  Exit::damaged);
    files[name] = {std::stoull(size), text_in(entity, "dateModified"), text_in(entity, "sha256")};
  }
  return files;
}

void publish_crate(const fs::path& folder) {
  Inventory known;
  if (fs::exists(folder / metadata)) try {
      known = files_in_crate(folder);
    } catch (const Error&) {
      known.clear();  // a damaged crate is written anew
    }
  const Inventory files = take_inventory(folder, known);
  if (same_files(files, known)) return;
  publish_text(folder / metadata, crate_text(folder, files));
}

CrateCheck check_crate(const fs::path& folder) {
  const Inventory named = files_in_crate(folder), there = take_inventory(folder);
  CrateCheck check;
  for (const auto& [path, entry] : named) {
    const auto found = there.find(path);
    if (found == there.end()) {
      check.missing.push_back(path);
    } else if (found->second.sha256 != entry.sha256 || found->second.size != entry.size) {
      check.changed.push_back(path);
    } else {
      ++check.equal;
      check.bytes += entry.size;
    }
  }
  for (const auto& [path, entry] : there)
    if (!named.contains(path)) check.extra.push_back(path);
  return check;
}

}  // namespace seedbed
