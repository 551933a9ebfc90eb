using Harness.Numerics;

namespace Harness.Cli;

/// <summary>What was measured on one model, all in one run and round by round in turn. Ratios only: a time says as much about the machine.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Dtype">The number format of the products.</param>
/// <param name="Parameters">P.</param>
/// <param name="Samples">N.</param>
/// <param name="ProductPerGradient">Time of a retained Hessian product in gradients.</param>
/// <param name="DifferentiatedPerProduct">
/// Time of a product by automatic differentiation in those used here, where another way is used; null where it is not.
/// </param>
/// <param name="GemmShare">The matrix products' time at the measured GEMM peak, as a share of a product's.</param>
/// <param name="HalfTheSamples">Time of a product on all samples in those on every second one; 2 where the cost is the samples'.</param>
/// <param name="Top">k of the solve.</param>
/// <param name="Products">Products of the solve, the certificate's included.</param>
/// <param name="Split">What they were spent on.</param>
/// <param name="Converged">Whether every pair met the stopping rule within the run's budget.</param>
/// <param name="Completeness">Whether pairs may be missing.</param>
/// <param name="SolverShare">Share of the solve's time outside products.</param>
/// <param name="MemoryProducts">Further products, between whose first and last the memory was compared.</param>
/// <param name="MemoryGrowthMiB">By how much the process's memory was larger after them.</param>
internal sealed record BenchResult(
    string Model, string Dtype, long Parameters, long Samples, Spread ProductPerGradient, Spread? DifferentiatedPerProduct, Spread GemmShare, Spread HalfTheSamples,
    int Top, long Products, ProductSplit Split, bool Converged, Completeness Completeness, double SolverShare, int MemoryProducts, double MemoryGrowthMiB);
