using FsCheck;
using FsCheck.Xunit;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

public class DenseSensitivityTests
{
    /// <summary>Kills: eigenvectors of the least eigenvalues, columns taken for rows, a sum that forgets its first term.</summary>
    [Property(MaxTest = 40, QuietOnSuccess = true, Replay = "5,7")]
    public void Its_top_directions_capture_its_top_sum(PositiveInt size, int seed)
    {
        using var scope = NewDisposeScope();
        var r = size.Get % 12 + 1;
        var factor = tensor(new RandomSource((ulong)seed).Gaussians(r * (r + 1)), [r + 1, r]);
        using var sensitivity = new DenseSensitivity(factor.t().matmul(factor));
        Assert.Equal(r, sensitivity.Dimension);
        for (var count = 0; count <= r; count++)
            Assert.Equal(sensitivity.TopSum(count), sensitivity.Captured(sensitivity.TopDirections(count)), Tolerances.RecoveryIdentity * sensitivity.Trace);
        Assert.Equal(sensitivity.Trace, sensitivity.TopSum(r), Tolerances.RecoveryIdentity * sensitivity.Trace);
        long[] positions = [.. Enumerable.Range(0, r).Where(k => k % 2 == 0).Select(k => (long)k)];
        Assert.Equal(sensitivity.Captured(eye(r, r, float64).index_select(0, tensor(positions))), sensitivity.CapturedAt(positions), Tolerances.RecoveryIdentity * sensitivity.Trace);
    }

    [Fact]
    public void What_moves_no_output_is_refused()
    {
        using var scope = NewDisposeScope();
        var exception = Assert.Throws<ArgumentException>(() => new DenseSensitivity(zeros(3, 3, float64)));
        Assert.Contains("must move the outputs, but the trace of its sensitivity is 0", exception.Message);
    }
}
