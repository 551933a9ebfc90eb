using System.Globalization;
using System.Text;
using Harness.Testing;
using VerifyXunit;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// The report of every miniature, approved as it stands: any change of a score, a match, a flag or an error message shows here first. Numbers are
/// compared to six digits.
/// </summary>
/// <remarks>
/// Left out is what another linear-algebra library may change without fault: the matches of nulls (ties), the digits of noise on eigenvectors (their
/// signs, and rotations of equal eigenvalues), and the scores of baselines that are made of them.
/// </remarks>
public class MiniatureReportTests
{
    [Theory]
    [InlineData("modular-addition", "none")]
    [InlineData("modular-addition", "rescale:0")]
    [InlineData("direct-sum", "none")]
    [InlineData("superposition-5-2-untied", "permute:0")]
    public Task Report(string id, string disguise) => Verifier.Verify(Write(TestModels.Find(id, disguise)))
        .UseParameters(id, disguise.Replace(':', '-'))
        .UseStringComparer(NumericText.Comparer(1e-6, 1e-9));

    private static string Write(GradingCase seen)
    {
        var text = new StringBuilder();
        foreach (var miniature in MiniatureCatalog.All)
        {
            using var scope = NewDisposeScope();
            text.Append(CultureInfo.InvariantCulture, $"{miniature.Name} ({miniature.Role}): {miniature.Summary}\n");
            if (!miniature.AppliesTo(seen.Model))
            {
                text.Append("  does not apply\n");
                continue;
            }
            try
            {
                foreach (var column in seen.Grade(seen.Answer(miniature.Name)))
                    Write(text, miniature, column);
            }
            catch (InvalidDecompositionException exception)
            {
                text.Append(CultureInfo.InvariantCulture, $"  error: {exception.Message}\n");
            }
        }
        return text.ToString();
    }

    private static void Write(StringBuilder text, Miniature miniature, ColumnGrade column)
    {
        if (column.Score is not { } score)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {column.Column}: skipped, {column.Skipped}\n");
            return;
        }
        var isNoisy = column.Column == RecoveryColumn.Directions && miniature.Name.Contains("noise", StringComparison.Ordinal);
        var value = score.Value.ToString(isNoisy ? "'about' 0.0" : "0.000000000", CultureInfo.InvariantCulture);
        if (miniature.Role == MethodRole.Baseline)
            value = "scored";
        text.Append(CultureInfo.InvariantCulture, $"  {column.Column}: {value} ({score.Planted} planted, {score.Alive} alive, {score.Dead} dead)\n");
        if (isNoisy || miniature.Role is MethodRole.Null or MethodRole.Baseline)
            return;
        foreach (var match in score.Matches)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {match.Planted} by {match.Submitted}: {match.Score:0.000000000}, similarity {match.Similarity:0.000000000}");
            if (match.Coverage is not null)
                text.Append(CultureInfo.InvariantCulture, $", coverage {match.Coverage:0.000000000}, extent {match.Extent:0.000000000}");
            text.Append(match.IsPartial ? ", partial\n" : "\n");
        }
    }
}
