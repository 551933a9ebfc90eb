// The process: errors, threads, random numbers, devices, and what was loaded.
#include "shim.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/Generator.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <c10/util/Exception.h>
#include <torch/version.h>

#include <dlfcn.h>
#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace harness {
namespace {

thread_local std::string last_error;
thread_local int applied_threads = 0;
std::atomic<int> wanted_threads{0};

/// Large temporaries of a double backward are reused instead of being mapped and faulted in again: twice as fast for big
/// convolution batches, bit for bit the same results.
__attribute__((constructor)) void tune_allocator() {
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, -1);
}

/// One thread unless the environment names a number: reproducible, and right for the small products of toy models.
int initial_threads() {
  for (const char* name : {"OMP_NUM_THREADS", "MKL_NUM_THREADS"})
    if (const char* text = std::getenv(name))
      if (const int number = std::atoi(text); number > 0) return number;
  return 1;
}

}  // namespace

void remember_error(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const c10::Error& e) {
    last_error = e.what_without_backtrace();
  } catch (const std::bad_alloc&) {
    last_error = "out of memory";
  } catch (const std::exception& e) {
    last_error = e.what();
  } catch (...) {
    last_error = "libtorch threw an exception of an unknown type";
  }
}

void prepare_thread() {
  int wanted = wanted_threads.load(std::memory_order_relaxed);
  if (wanted == applied_threads) return;
  if (wanted == 0) {
    wanted_threads.compare_exchange_strong(wanted, initial_threads());
    wanted = wanted_threads.load();
  }
  applied_threads = wanted;
  at::set_num_threads(wanted);
  // OpenBLAS built on pthreads keeps its own count; the OpenMP build follows the call above.
  using SetThreads = void (*)(int);
  if (auto set = reinterpret_cast<SetThreads>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(wanted);
}

}  // namespace harness

using namespace harness;

HARNESS_API const char* harness_error() { return last_error.c_str(); }

HARNESS_API int32_t harness_set_num_threads(int32_t number) {
  return guarded<int32_t>(-1, [&] {
    TORCH_CHECK(number > 0, "Expected positive number of threads, got ", number);
    wanted_threads = number;
    prepare_thread();
    return 0;
  });
}

HARNESS_API int32_t harness_get_num_threads() {
  return guarded<int32_t>(-1, [] { return static_cast<int32_t>(at::get_num_threads()); });
}

HARNESS_API int32_t harness_cuda_device_count() {
  return guarded<int32_t>(0, [] {
    if (!at::hasCUDA() || !c10::impl::hasDeviceGuardImpl(c10::DeviceType::CUDA)) return 0;
    return static_cast<int32_t>(c10::impl::getDeviceGuardImpl(c10::DeviceType::CUDA)->deviceCount());
  });
}

HARNESS_API int32_t harness_cuda_synchronize(int32_t device) {
  return guarded<int32_t>(-1, [&] {
    at::detail::getCUDAHooks().deviceSynchronize(static_cast<c10::DeviceIndex>(device));
    return 0;
  });
}

/// Seeds the default generators of all devices and returns the CPU's.
HARNESS_API at::Generator* harness_manual_seed(int64_t seed) {
  return guarded<at::Generator*>(nullptr, [&] {
    at::manual_seed(static_cast<uint64_t>(seed));
    return new at::Generator(at::globalContext().defaultGenerator(at::kCPU));
  });
}

HARNESS_API at::Generator* harness_generator_new(int64_t seed, int32_t device_type, int32_t device_index) {
  return guarded<at::Generator*>(nullptr, [&] {
    const c10::Device device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
    auto generator = at::globalContext().defaultGenerator(device).clone();
    generator.set_current_seed(static_cast<uint64_t>(seed));
    return new at::Generator(generator);
  });
}

HARNESS_API int64_t harness_generator_seed(const at::Generator* generator) {
  return static_cast<int64_t>(generator->current_seed());
}

HARNESS_API int32_t harness_generator_set_seed(at::Generator* generator, int64_t seed) {
  return guarded<int32_t>(-1, [&] {
    generator->set_current_seed(static_cast<uint64_t>(seed));
    return 0;
  });
}

HARNESS_API void harness_generator_free(at::Generator* generator) { delete generator; }

HARNESS_API const char* harness_libtorch_version() { return TORCH_VERSION; }

/// The library that answers matrix products: the file in which the dynamic linker finds dgemm_; empty if none is found.
HARNESS_API const char* harness_blas_library() {
  Dl_info info{};
  void* symbol = dlsym(RTLD_DEFAULT, "dgemm_");
  if (!symbol || !dladdr(symbol, &info) || !info.dli_fname) return "";
  return info.dli_fname;
}

/// OpenBLAS's own description of itself (version, build, core); empty when another BLAS serves.
HARNESS_API const char* harness_openblas_config() {
  using Config = const char* (*)();
  auto config = reinterpret_cast<Config>(dlsym(RTLD_DEFAULT, "openblas_get_config"));
  return config ? config() : "";
}
