#pragma once
#include <seedbed/arrays.hpp>
#include <seedbed/error.hpp>
#include <seedbed/parameters.hpp>
#include <seedbed/plugin.h>

#include <array>
#include <cstring>
#include <exception>
#include <new>
#include <type_traits>

/// What every kind of plugin shares: from a C++ struct to a descriptor and the exported entry.
namespace seedbed {

using Context = seedbed_context;

/// What a plugin says about itself.
struct Info {
  const char *name, *version, *summary, *source;
  const char* license = "MIT";
};

namespace abi {

inline int32_t refuse(seedbed_message* message, std::int64_t parameter, const char* text) noexcept {
  message->parameter = parameter;
  std::strncpy(message->text, text, sizeof message->text - 1);
  message->text[sizeof message->text - 1] = '\0';
  return SEEDBED_ERROR;
}

/// Runs `body`; an exception becomes a status and a message.
template <class Body>
int32_t guarded(seedbed_message* message, Body&& body) noexcept {
  try {
    body();
    return SEEDBED_OK;
  } catch (const Error& error) {
    return refuse(message, error.parameter(), error.what());
  } catch (const std::bad_alloc&) {
    return refuse(message, SEEDBED_NO_PARAMETER, "out of memory");
  } catch (const std::exception& error) {
    return refuse(message, SEEDBED_NO_PARAMETER, error.what());
  } catch (...) {
    return refuse(message, SEEDBED_NO_PARAMETER, "an exception that is no std::exception");
  }
}

template <class T>
std::span<const Parameter> table_of() {
  if constexpr (requires { T::parameters; })
    return T::parameters;
  else
    return {};
}

template <class T>
int32_t create(const seedbed_value* values, const seedbed_context* context, void** self,
               seedbed_message* message) noexcept {
  return guarded(message, [&] { *self = new T(Values(table_of<T>(), values), *context); });
}

template <class T>
void destroy(void* self) noexcept {
  delete static_cast<T*>(self);
}

template <class T>
const T& as(const void* self) {
  return *static_cast<const T*>(self);
}

template <class T>
constexpr seedbed_descriptor descriptor(seedbed_kind kind, const void* functions) {
  seedbed_descriptor d{};
  d.struct_size = sizeof d;
  d.kind = kind;
  d.name = T::info.name;
  d.version = T::info.version;
  d.license = T::info.license;
  d.summary = T::info.summary;
  d.source = T::info.source;
  if constexpr (requires { T::parameters; }) {
    d.parameters = T::parameters;
    d.parameter_count = std::size(T::parameters);
    static_assert(sizeof(Parameter) == sizeof(seedbed_parameter));
  }
  if constexpr (requires { T::capabilities; }) {
    d.capabilities = T::capabilities;
    d.capability_count = std::size(T::capabilities);
  }
  d.functions = functions;
  d.create = create<T>;
  d.destroy = destroy<T>;
  return d;
}

/// The descriptors of a library; they are variables with static storage.
template <class... Descriptor>
constexpr std::array<const seedbed_descriptor*, sizeof...(Descriptor)> pointers(
    const Descriptor&... descriptors) {
  return {&descriptors...};
}

#if defined(__FAST_MATH__)
inline constexpr std::uint32_t fast_math = 1;
#else
inline constexpr std::uint32_t fast_math = 0;
#endif
#if defined(__AVX512F__)
inline constexpr const char* isa = "x86-64-v4";
#elif defined(__AVX2__)
inline constexpr const char* isa = "x86-64-v3";
#else
inline constexpr const char* isa = "x86-64";
#endif
#if defined(__clang__)
#define SEEDBED_COMPILER "clang " __clang_version__
#else
#define SEEDBED_COMPILER "gcc " __VERSION__
#endif

}  // namespace abi
}  // namespace seedbed

/// The one export line of a library: SEEDBED_PLUGIN(seedbed::estimator<RewardToGo>), or several
/// descriptors with commas between them.
#define SEEDBED_PLUGIN(...)                                                                      \
  namespace {                                                                                    \
  constexpr auto seedbed_descriptors = seedbed::abi::pointers(__VA_ARGS__);                      \
  }                                                                                              \
  extern "C" __attribute__((visibility("default"))) constexpr seedbed_library seedbed_plugin = { \
      SEEDBED_MAGIC,           SEEDBED_ABI_MAJOR,                                                \
      SEEDBED_ABI_MINOR,       sizeof(seedbed_library),                                          \
      seedbed::abi::fast_math, static_cast<uint32_t>(seedbed_descriptors.size()),                \
      SEEDBED_COMPILER,        seedbed::abi::isa,                                                \
      seedbed_descriptors.data()};
