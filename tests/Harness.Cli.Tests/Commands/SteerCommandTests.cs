using System.Text.Json;
using Harness.Numerics;
using Harness.Testing;
using VerifyTests;
using VerifyXunit;

namespace Harness.Cli.Tests;

/// <summary>On two branches that share nothing, steering off one set must leave the other exactly as it was, and random directions must not.</summary>
public sealed class SteerCommandTests(PlantedSteering run) : IClassFixture<PlantedSteering>
{
    [Theory]
    [InlineData("hessian-steering")]
    [InlineData("hessian-steering-jacobian")]
    [InlineData("gradient-steering")]
    [InlineData("generalized-eigenvectors")]
    public void Hessian_directions_ablate_one_branch_and_leave_the_other(string name)
    {
        var method = run.Method(name);
        Assert.Equal(ExitCode.Pass, run.Code);
        Assert.InRange(method.GetProperty("keptDrop").GetDouble(), -Tolerances.PlantedKeptChange, Tolerances.PlantedKeptChange);
        Assert.True(method.GetProperty("ablatedAccuracy").GetDouble() <= 0.15);
        Assert.True(method.GetProperty("cleanAblation").GetDouble() <= method.GetProperty("ablatedAccuracy").GetDouble());
        Assert.False(method.GetProperty("baseline").GetBoolean());
    }

    /// <summary>All j, both senses, all steps: not only the chosen ones.</summary>
    [Fact]
    public void No_step_along_any_eigenvector_moves_the_kept_set()
    {
        var curves = run.Document.GetProperty("curves").EnumerateArray().ToList();
        Assert.Equal(4, curves.Count);
        foreach (var points in curves.Select(curve => curve.GetProperty("points").EnumerateArray().ToList()))
        {
            var origin = Accuracy(points[0], "keep");
            Assert.All(points, point => Assert.InRange(Accuracy(point, "keep") - origin, -Tolerances.PlantedKeptChange, Tolerances.PlantedKeptChange));
        }
    }

    [Fact]
    public void Random_directions_stay_far_behind()
    {
        var ablated = run.Method("random, unprojected").GetProperty("ablatedAccuracy").GetDouble();
        Assert.True(ablated >= run.Method("hessian-steering").GetProperty("ablatedAccuracy").GetDouble() + 0.3, $"random reaches {ablated}");
        Assert.True(run.Method("random, unprojected").GetProperty("baseline").GetBoolean());
    }

    [Fact]
    public void The_two_sets_are_independent_and_every_direction_is_orthogonal()
    {
        var independence = run.Document.GetProperty("independence");
        Assert.True(independence.GetProperty("linearlyIndependent").GetBoolean());
        Assert.True(independence.GetProperty("meanSquaredCosine").GetDouble() <= Tolerances.PlantedCosine * Tolerances.PlantedCosine);
        Assert.Equal(10, independence.GetProperty("mixedEigenvectors").GetArrayLength());
        var steering = run.Method("hessian-steering");
        Assert.True(steering.GetProperty("orthogonality").GetDouble() <= steering.GetProperty("orthogonalityLimit").GetDouble());
    }

    [Fact]
    public void The_folder_has_numbers_and_pictures()
    {
        Assert.Equal(
            [
                "colours.svg", "curve-generalized-eigenvectors.svg", "curve-gradient-ascent-off-the-Jacobian.svg", "curve-gradient-steering.svg", "curve-hessian-steering-jacobian.svg",
                "curve-hessian-steering.svg", "curve-random-off-the-Hessian-eigenvectors.svg", "curve-random-off-the-Jacobian.svg",
                "curve-random-unprojected.svg", "curve-top-eigenvectors-unprojected.svg", "curves.csv", "eigenvectors.svg", "overlap.svg", "steering.json",
                "sweep-hessian-steering-jacobian.svg", "sweep-hessian-steering.svg",
            ],
            run.Files);
        Assert.Equal(run.Document.GetRawText(), JsonDocument.Parse(run.Read("steering.json")).RootElement.GetRawText());
        foreach (var name in new[] { "curve-hessian-steering.svg", "eigenvectors.svg" })
            Assert.All(
                ["digits, to keep", "mixed", "patterns, to ablate", "validity radius"],
                words => Assert.Contains(words, run.Read(name), StringComparison.Ordinal));
        Assert.Contains("digits, to keep", run.Read("sweep-hessian-steering.svg"), StringComparison.Ordinal);
        var lines = run.Read("curves.csv").TrimEnd().Split('\n');
        Assert.All(lines.Skip(1), line => Assert.Equal(lines[0].Count(letter => letter == ','), line.Count(letter => letter == ',')
            - line.Split('"')[1].Count(letter => letter == ',')));
    }

    /// <summary>The report on the planted twin, approved: one direction, so that no two mixtures can change places.</summary>
    [Fact]
    public Task The_report_is_as_approved()
    {
        var result = CommandLine.Run("steer", "--model", "parallel-modules", "--keep", "patterns", "--ablate", "digits", "--directions", "1", "--eigenvectors", "4", "--jacobian", "20");
        Assert.Equal(ExitCode.Pass, result.Code);
        var settings = new VerifySettings();
        // A sample in 500 is 0.2 points; angles that are 0 are noise of any size.
        settings.UseStringComparer(NumericText.Comparer(relative: 0.02, absolute: Tolerances.ReportedZero));
        return Verifier.Verify(result.Output, settings);
    }

    /// <summary>Rejects a table that leaves out what failed, a baseline that looks like a method, and silence about what was cut.</summary>
    [Fact]
    public void The_terminal_shows_methods_then_baselines()
    {
        var result = CommandLine.Run([.. PlantedSteering.Arguments, "--known", "digits"]);
        Assert.Equal(ExitCode.Pass, result.Code);
        Assert.Contains("keep digits, ablate patterns, known are digits and mixed only", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("generalized", result.Output, StringComparison.Ordinal);
        Assert.True(result.Output.IndexOf("hessian-steering-jacobian", StringComparison.Ordinal) < result.Output.IndexOf("random, unprojected", StringComparison.Ordinal));
        Assert.Empty(result.Error);
    }

    [Theory]
    [InlineData("--model is needed")]
    [InlineData("--keep is needed", "--model", "parallel-modules")]
    [InlineData("--keep and --ablate are both 'digits'", "--model", "parallel-modules", "--keep", "digits", "--ablate", "digits")]
    [InlineData("unknown data set 'digit'", "--model", "parallel-modules", "--keep", "digit", "--ablate", "patterns")]
    [InlineData("--known x: expected the name given to --keep (digits) or to --ablate (patterns)", "--model", "parallel-modules", "--keep", "digits", "--ablate", "patterns", "--known", "x")]
    [InlineData("'superposition-5-2' is no classifier", "--model", "superposition-5-2", "--keep", "a", "--ablate", "b")]
    [InlineData("--checkpoint: expected one of digit-pattern-cnn", "--model", "parallel-modules", "--keep", "digits", "--ablate", "patterns", "--checkpoint", "1")]
    [InlineData("--checkpoint 99: 'digit-pattern-cnn' is trained for 16 epochs", "--model", "digit-pattern-cnn", "--keep", "digits", "--ablate", "patterns", "--checkpoint", "99")]
    public void What_does_not_make_sense_is_a_usage_error(string expected, params string[] args)
    {
        var result = CommandLine.Run(["steer", .. args]);
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    private static double Accuracy(JsonElement point, string set) => point.GetProperty(set).GetProperty("accuracy").GetDouble();
}
