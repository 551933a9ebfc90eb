using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests.Mutants;

/// <summary>
/// The other half of every mutant test: what is right passes every check, on 200 seeds each. In shares, so that a failure says where and both cores work.
/// </summary>
public class RightImplementationTests
{
    private const int Seeds = 200;
    private const int Parts = 4;

    public static TheoryData<int> Shares => [.. Enumerable.Range(0, Parts)];

    [Theory]
    [MemberData(nameof(Shares))]
    public void Hessians_pass_every_check(int share)
    {
        var passed = 0;
        foreach (var seed in Of(share))
            foreach (var check in HessianChecks.All)
            {
                var violation = check.Run(HessianChecks.Production, Network(seed));
                Assert.True(violation is null, $"{check}, {Network(seed)}: {violation}");
                passed++;
            }
        Assert.Equal(HessianChecks.All.Count * Seeds / Parts, passed);
    }

    /// <summary>On all ten families of spectra, twenty seeds each, from each end in turn.</summary>
    [Fact]
    public void Eigensolvers_pass_every_check()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            using var scope = NewDisposeScope();
            var family = (SpectrumFamily)(seed % 10);
            // The small ends of these two are out of reach for products alone; that the answer then says so is tested with the properties.
            var end = family is SpectrumFamily.Graded or SpectrumFamily.Quintuples ? SpectrumEnd.Magnitude : (SpectrumEnd)(seed / 10 % 3);
            var spec = new SpectrumSpec(family, 12 + seed % 23, 1 + seed % 7, end, seed % 4 > 0, seed);
            var planted = PlantedSpectrum.Create(spec);
            var (op, request) = (planted.Operator, spec.Request with { ProofDimension = 100 });
            Expect.None(OperatorChecks.Symmetry(op, Tolerances.AssumedNoise64, (ulong)seed));
            Expect.None(OperatorChecks.Linearity(op, Tolerances.AssumedNoise64, (ulong)seed));
            foreach (var solver in new IEigensolver[] { new DenseEigensolver(), new ThickRestartLanczos() })
            {
                var pairs = solver.Solve(op, request);
                var violation = EigenpairChecks.All(op, request, pairs, planted.Truth)
                    ?? EigenpairChecks.Converged(op, pairs) ?? EigenpairChecks.Deterministic(solver, op, request);
                Assert.True(violation is null, $"{solver.GetType().Name}, {spec}: {violation}");
                Assert.Equal(Completeness.Proved, pairs.Completeness);
            }
            Expect.None(EigenpairChecks.Reconstruction(op, new DenseEigensolver().Solve(op, request with { Count = spec.Dimension })));
        }
    }

    [Fact]
    public void Estimators_and_subspaces_pass_every_check()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            using var scope = NewDisposeScope();
            var planted = PlantedSpectrum.Create(new SpectrumSpec((SpectrumFamily)(seed % 10), 20 + seed % 13, 1, SpectrumEnd.Largest, true, seed));
            Expect.None(DensityChecks.All(planted, SpectralDensity.Estimate(planted.Operator, new DensityRequest(6, 12, (ulong)seed))));
            var span = DenseSubspace.Span(planted.Operator.Matrix.narrow(0, 0, 5));
            Expect.None(SubspaceChecks.Projector(span.Project, span.AmbientDimension, (ulong)seed));
            Expect.None(SubspaceChecks.Projector(span.ProjectOff, span.AmbientDimension, (ulong)seed));
        }
    }

    private static IEnumerable<int> Of(int share) => Enumerable.Range(0, Seeds).Where(seed => seed % Parts == share);

    /// <summary>A tiny network of any kind, batches of 2 or 3 of 1 to 4 samples.</summary>
    private static NetworkSpec Network(int seed)
    {
        var random = new RandomSource((ulong)seed, 81);
        int Up(int count) => random.NextInt32(count);
        return new NetworkSpec(
            1 + Up(2), 1 + Up(2), Up(3), 2 + Up(2), 1 + Up(4), 2 + Up(2), (Activation)Up(4), (LossKind)Up(2), Up(2) == 0, Up(2) * 0.3, seed)
        {
            Family = (NetworkFamily)Up(4), Precision = Up(5) == 0 ? ScalarType.Float32 : ScalarType.Float64,
        };
    }
}
