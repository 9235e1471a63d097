#include "runner/embedded_file.hpp"

#include <openssl/evp.h>

#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

#include "loader/sha256.hpp"

namespace seedbed {

namespace {

using Json = nlohmann::ordered_json;

/// JSON holds any UTF-8, but HDF5 ends a string at a zero byte, and readers at what is not UTF-8.
bool is_text(const std::string& bytes) {
  if (bytes.find('\0') != std::string::npos) return false;
  try {
    static_cast<void>(Json(bytes).dump());
    return true;
  } catch (const Json::exception&) {
    return false;
  }
}

const unsigned char* data(const std::string& bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string to_base64(const std::string& bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // EVP writes a zero byte behind it
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), data(bytes),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::string from_base64(const std::string& text) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), data(text),
                                   static_cast<int>(text.size()));
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  bytes.resize(size < 0 ? 0 : static_cast<std::size_t>(size) - padding);
  return bytes;
}

std::string text_in(const Json& entry, const char* key) {
  if (!entry.is_object() || !entry.contains(key) || !entry[key].is_string()) return "";
  return entry[key].get<std::string>();
}

}  // namespace

void EmbeddedFiles::add(const Configuration& configuration) {
  add(configuration.environment);
  add(configuration.policy);
  for (const Setting& estimator : configuration.estimators) add(estimator);
  if (configuration.optimizer) add(*configuration.optimizer);
}

void EmbeddedFiles::add(const Setting& setting) {
  for (const Value& value : setting.values) {
    if (const auto* component = std::get_if<ComponentValue>(&value); component && *component)
      add(**component);
    if (const auto* file = std::get_if<FileValue>(&value); file && !file->sha256.empty())
      files_.try_emplace(file->sha256, EmbeddedFile{file->name, file->contents});
  }
}

std::string EmbeddedFiles::json() const {
  Json json = Json::object();
  for (const auto& [hash, file] : files_) {
    const bool text = is_text(file.contents);
    json[hash] = {{"name", file.name},
                  {text ? "text" : "base64", text ? file.contents : to_base64(file.contents)}};
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::map<std::string, EmbeddedFile> EmbeddedFiles::parse(const std::string& text,
                                                         const std::string& where) {
  std::map<std::string, EmbeddedFile> files;
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object())
    throw Error(where + ": /provenance/files: expected a JSON object, got another text",
                Exit::damaged);
  for (const auto& [hash, entry] : json.items()) {
    EmbeddedFile file{text_in(entry, "name"), text_in(entry, "text")};
    if (file.contents.empty()) file.contents = from_base64(text_in(entry, "base64"));
    if (sha256(file.contents) != hash)
      throw Error(
          where + ": /provenance/files: expected contents with SHA-256 " + hash + ", got others",
          Exit::damaged);
    files[hash] = std::move(file);
  }
  return files;
}

}  // namespace seedbed
