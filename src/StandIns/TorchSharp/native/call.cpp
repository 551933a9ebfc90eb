// Calls of operators by schema name.
#include "shim.h"

#include <ATen/core/Generator.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>

#include <string>
#include <vector>

namespace {

using namespace harness;

/// What the schema wants for one argument, read once per operator.
struct Slot {
  c10::TypeKind kind;
  c10::TypeKind element;  // of a list
  bool optional_element;
  bool has_default;
  c10::IValue fallback;
  std::string name;
};

struct Operator {
  c10::OperatorHandle handle;
  std::string name;
  std::vector<Slot> slots;
};

Slot describe(const c10::Argument& argument) {
  auto type = argument.type();
  bool optional = type->kind() == c10::TypeKind::OptionalType;
  if (optional) type = type->containedType(0);
  Slot slot{type->kind(), type->kind(), false, optional, c10::IValue(), argument.name()};
  if (type->kind() == c10::TypeKind::ListType) {
    auto element = type->containedType(0);
    slot.optional_element = element->kind() == c10::TypeKind::OptionalType;
    slot.element = slot.optional_element ? element->containedType(0)->kind() : element->kind();
  }
  if (argument.default_value()) {
    slot.has_default = true;
    slot.fallback = *argument.default_value();
  }
  return slot;
}

c10::IValue tensors(const Argument& argument, const Slot& slot) {
  auto** items = static_cast<at::Tensor**>(argument.pointer);
  if (slot.optional_element) {
    c10::impl::GenericList list(c10::OptionalType::create(c10::TensorType::get()));
    for (int32_t i = 0; i < argument.count; i++) list.push_back(items[i] ? c10::IValue(*items[i]) : c10::IValue());
    return list;
  }
  c10::List<at::Tensor> list;
  for (int32_t i = 0; i < argument.count; i++) {
    TORCH_CHECK(items[i], "element ", i, " of '", slot.name, "' is null");
    list.push_back(*items[i]);
  }
  return list;
}

c10::IValue convert(const Argument& argument, const Slot& slot) {
  switch (argument.kind) {
    case kDefault:
      TORCH_CHECK(slot.has_default, "argument '", slot.name, "' has no default");
      return slot.fallback;
    case kNone:
      return c10::IValue();
    case kTensor:
      return *static_cast<at::Tensor*>(argument.pointer);
    case kInteger:
      if (slot.kind == c10::TypeKind::FloatType) return static_cast<double>(argument.integer);
      if (slot.kind == c10::TypeKind::ListType) return c10::List<int64_t>({argument.integer});
      return argument.integer;
    case kReal:
      return argument.real;
    case kBoolean:
      return argument.integer != 0;
    case kString:
      return std::string(static_cast<const char*>(argument.pointer));
    case kIntegers: {
      auto* items = static_cast<const int64_t*>(argument.pointer);
      c10::List<int64_t> list;
      list.reserve(argument.count);
      for (int32_t i = 0; i < argument.count; i++) list.push_back(items[i]);
      return list;
    }
    case kTensors:
      return tensors(argument, slot);
    case kDevice:
      return c10::Device(static_cast<c10::DeviceType>(argument.integer), static_cast<c10::DeviceIndex>(argument.count));
    case kGenerator:
      return *static_cast<at::Generator*>(argument.pointer);
  }
  TORCH_CHECK(false, "unknown kind ", argument.kind, " of argument '", slot.name, "'");
}

Result tensor_result(const at::Tensor& tensor) {
  Result result{kNone, 0, {0}};
  if (!tensor.defined()) return result;
  result.kind = kTensor;
  result.pointer = new at::Tensor(tensor);
  return result;
}

Result convert(const c10::IValue& value) {
  Result result{kNone, 0, {0}};
  if (value.isTensor()) {
    result = tensor_result(value.toTensor());
  } else if (value.isTensorList()) {
    const auto list = value.toTensorVector();
    auto** handles = new at::Tensor*[list.size()];
    for (size_t i = 0; i < list.size(); i++) handles[i] = list[i].defined() ? new at::Tensor(list[i]) : nullptr;
    result.kind = kTensors;
    result.count = static_cast<int32_t>(list.size());
    result.pointer = handles;
  } else if (value.isBool()) {
    result.kind = kBoolean;
    result.integer = value.toBool();
  } else if (value.isInt()) {
    result.kind = kInteger;
    result.integer = value.toInt();
  } else if (value.isDouble()) {
    result.kind = kReal;
    result.real = value.toDouble();
  } else {
    TORCH_CHECK(value.isNone(), "a result of type ", value.tagKind(), " has no counterpart in C#");
  }
  return result;
}

}  // namespace

/// Finds an operator by "name" or "name.overload" (namespace aten); the answer lives as long as the process.
HARNESS_API void* harness_operator(const char* full_name) {
  return guarded<void*>(nullptr, [&]() -> void* {
    std::string name(full_name), overload;
    const auto dot = name.find('.');
    if (dot != std::string::npos) {
      overload = name.substr(dot + 1);
      name.resize(dot);
    }
    auto handle = c10::Dispatcher::singleton().findSchemaOrThrow(("aten::" + name).c_str(), overload.c_str());
    auto* op = new Operator{handle, full_name, {}};
    for (const auto& argument : handle.schema().arguments()) op->slots.push_back(describe(argument));
    return op;
  });
}

/// Calls an operator with the leading `count` arguments; the rest take their defaults. Returns the number of results, -1 on error.
HARNESS_API int32_t harness_call(void* operator_, const Argument* arguments, int32_t count, Result* results, int32_t capacity) {
  return guarded<int32_t>(-1, [&] {
    const auto& op = *static_cast<Operator*>(operator_);
    TORCH_CHECK(count <= static_cast<int32_t>(op.slots.size()),
                op.name, " takes ", op.slots.size(), " arguments, got ", count);
    torch::jit::Stack stack;
    stack.reserve(op.slots.size());
    const Argument omitted{kDefault, 0, {0}};
    for (size_t i = 0; i < op.slots.size(); i++)
      stack.push_back(convert(static_cast<int32_t>(i) < count ? arguments[i] : omitted, op.slots[i]));
    op.handle.callBoxed(&stack);
    TORCH_CHECK(static_cast<int32_t>(stack.size()) <= capacity,
                op.name, " returns ", stack.size(), " results, the caller expects ", capacity);
    for (size_t i = 0; i < stack.size(); i++) results[i] = convert(stack[i]);
    return static_cast<int32_t>(stack.size());
  });
}

HARNESS_API void harness_free_list(at::Tensor** list) { delete[] list; }
