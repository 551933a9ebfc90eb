// Properties of one tensor.
#include "shim.h"

#include <cstring>

using namespace harness;

HARNESS_API void harness_tensor_free(at::Tensor* tensor) { delete tensor; }

HARNESS_API at::Tensor* harness_tensor_alias(const at::Tensor* tensor) {
  return guarded<at::Tensor*>(nullptr, [&] { return new at::Tensor(*tensor); });
}

HARNESS_API int64_t harness_tensor_dimensions(const at::Tensor* tensor) { return tensor->dim(); }
HARNESS_API int64_t harness_tensor_numel(const at::Tensor* tensor) { return tensor->numel(); }
HARNESS_API int64_t harness_tensor_element_size(const at::Tensor* tensor) { return tensor->element_size(); }
HARNESS_API int32_t harness_tensor_dtype(const at::Tensor* tensor) { return static_cast<int32_t>(tensor->scalar_type()); }
HARNESS_API int32_t harness_tensor_device_type(const at::Tensor* tensor) { return static_cast<int32_t>(tensor->device().type()); }
HARNESS_API int32_t harness_tensor_device_index(const at::Tensor* tensor) { return tensor->device().index(); }
HARNESS_API int32_t harness_tensor_is_contiguous(const at::Tensor* tensor) { return tensor->is_contiguous(); }
HARNESS_API int32_t harness_tensor_requires_grad(const at::Tensor* tensor) { return tensor->requires_grad(); }

HARNESS_API int32_t harness_tensor_is_leaf(const at::Tensor* tensor) {
  return guarded<int32_t>(-1, [&] { return static_cast<int32_t>(tensor->is_leaf()); });
}

HARNESS_API int32_t harness_tensor_set_requires_grad(at::Tensor* tensor, int32_t value) {
  return guarded<int32_t>(-1, [&] {
    tensor->requires_grad_(value != 0);
    return 0;
  });
}

HARNESS_API int32_t harness_tensor_sizes(const at::Tensor* tensor, int64_t* sizes) {
  return guarded<int32_t>(-1, [&] {
    const auto source = tensor->sizes();
    std::memcpy(sizes, source.data(), source.size() * sizeof(int64_t));
    return 0;
  });
}

HARNESS_API int32_t harness_tensor_strides(const at::Tensor* tensor, int64_t* strides) {
  return guarded<int32_t>(-1, [&] {
    const auto source = tensor->strides();
    std::memcpy(strides, source.data(), source.size() * sizeof(int64_t));
    return 0;
  });
}

/// The first element's address; null for an empty tensor, so that failure is reported apart.
HARNESS_API int32_t harness_tensor_data(const at::Tensor* tensor, void** data) {
  return guarded<int32_t>(-1, [&] {
    *data = tensor->data_ptr();
    return 0;
  });
}
