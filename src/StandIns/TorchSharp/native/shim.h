// The C ABI between the TorchSharp stand-in and libtorch.
//
// Operators are called by their schema name through libtorch's dispatcher ("boxed" calls), so one entry point serves all of them
// and the same source compiles against every libtorch since 1.13: defaults of arguments that newer versions added come from the
// schema. No exception leaves this library; a failed call returns -1 (or null) and the message waits in harness_error().
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <exception>
#include <string>

#define HARNESS_API extern "C" __attribute__((visibility("default")))

namespace harness {

/// Tags of Argument and Result; the C# enum ValueKind repeats them.
enum Kind : int32_t {
  kDefault = 0,     // the schema's default value
  kNone = 1,
  kTensor = 2,      // pointer: at::Tensor*
  kInteger = 3,
  kReal = 4,
  kBoolean = 5,
  kString = 6,      // pointer: UTF-8, zero-terminated
  kIntegers = 7,    // pointer: int64_t[count]
  kTensors = 8,     // pointer: at::Tensor*[count]; null entries are absent tensors
  kDevice = 9,      // integer: type; count: index, -1 for none
  kGenerator = 10,  // pointer: at::Generator*
};

struct Argument {
  int32_t kind;
  int32_t count;
  union {
    int64_t integer;
    double real;
    void* pointer;
  };
};

using Result = Argument;

void remember_error(const std::exception_ptr& error);

/// Applies the process-wide thread count to the calling thread, once per thread and change.
void prepare_thread();

/// Runs the body; turns every exception into the remembered message and the given failure value.
template <typename T, typename Body>
T guarded(T failure, Body&& body) noexcept {
  try {
    prepare_thread();
    return body();
  } catch (...) {
    remember_error(std::current_exception());
    return failure;
  }
}

}  // namespace harness
