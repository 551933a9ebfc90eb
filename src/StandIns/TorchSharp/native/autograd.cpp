// Reverse-mode differentiation and the thread's grad mode.
#include "shim.h"

#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>

using namespace harness;

namespace {

torch::autograd::variable_list collect(at::Tensor* const* tensors, int32_t count) {
  torch::autograd::variable_list list;
  list.reserve(count);
  for (int32_t i = 0; i < count; i++) list.push_back(tensors[i] ? *tensors[i] : at::Tensor());
  return list;
}

}  // namespace

/// Gradients of the outputs with respect to the inputs into `gradients` [input_count]; null where an unused input is allowed.
HARNESS_API int32_t harness_autograd_grad(at::Tensor* const* outputs, int32_t output_count, at::Tensor* const* inputs,
                                          int32_t input_count, at::Tensor* const* output_gradients, int32_t gradient_count,
                                          int32_t retain_graph, int32_t create_graph, int32_t allow_unused,
                                          at::Tensor** gradients) {
  return guarded<int32_t>(-1, [&] {
    const auto result = torch::autograd::grad(collect(outputs, output_count), collect(inputs, input_count),
                                              collect(output_gradients, gradient_count), retain_graph != 0,
                                              create_graph != 0, allow_unused != 0);
    for (int32_t i = 0; i < input_count; i++) gradients[i] = result[i].defined() ? new at::Tensor(result[i]) : nullptr;
    return 0;
  });
}

HARNESS_API int32_t harness_grad_mode() { return c10::GradMode::is_enabled(); }
HARNESS_API void harness_set_grad_mode(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }
