using System.CommandLine;
using FsCheck.Xunit;
using Harness.Grading;

namespace Harness.Cli.Tests;

/// <summary>Every option can be given by the environment; the option wins.</summary>
public class EnvironmentTwinTests
{
    private static readonly string[] Disguises = ["none", "permute", "rescale:7", "rotate", "all:3"];

    /// <summary>Rejects an option whose twin is misnamed, read with another parser, or forgotten.</summary>
    [Property(MaxTest = 50)]
    public void A_twin_says_the_same_as_its_option(ulong modelSeed, ulong seed, byte seeds, byte disguise, bool single, byte threads)
    {
        var values = new Dictionary<string, string>
        {
            ["--model-seed"] = $"{modelSeed}",
            ["--seed"] = $"{seed}",
            ["--seeds"] = $"{seeds + 1}",
            ["--disguise"] = Disguises[disguise % Disguises.Length],
            ["--dtype"] = single ? "float32" : "float64",
            ["--device"] = single ? "cuda:0" : "cpu",
            ["--threads"] = $"{threads + 1}",
        };
        var byOption = Echo.Run([], [.. values.SelectMany(pair => new[] { pair.Key, pair.Value })]);
        var byTwin = Echo.Run(values.ToDictionary(pair => "HARNESS_" + pair.Key[2..].Replace('-', '_').ToUpperInvariant(), pair => pair.Value), []);

        Assert.Equal(byOption, byTwin);
        var label = CaseDisguise.Read(Disguises[disguise % Disguises.Length])!.Label;
        Assert.Contains($" disguised {label} ", byOption, StringComparison.Ordinal);
        Assert.Contains($"ModelSeed = {modelSeed}, Seed = {seed}, SeedCount = {seeds + 1}, ", byOption, StringComparison.Ordinal);
    }

    /// <summary>Rejects a program in which the environment wins.</summary>
    [Property(MaxTest = 20)]
    public void The_option_wins(ulong option, ulong twin) =>
        Assert.Contains($" Seed = {option},", Echo.Run(new() { ["HARNESS_SEED"] = $"{twin}" }, ["--seed", $"{option}"]), StringComparison.Ordinal);

    [Fact]
    public void An_empty_twin_is_not_set() =>
        Assert.Contains(" Seed = 0,", Echo.Run(new() { ["HARNESS_SEED"] = "" }, []), StringComparison.Ordinal);

    [Fact]
    public void A_wrong_twin_is_named()
    {
        var run = CommandLine.Run(new Dictionary<string, string> { ["HARNESS_THREADS"] = "many" }, "doctor");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Equal(
            "harness: --threads: expected a whole number from 1 to 1024, got 'many' (from HARNESS_THREADS) (see harness doctor --help)",
            run.Error.TrimEnd());
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("0", false)]
    [InlineData("false", false)]
    public void A_switch_takes_1_and_true(string value, bool json) =>
        Assert.Equal(json, Echo.Run(new() { ["HARNESS_JSON"] = value }, []).StartsWith('{'));

    [Fact]
    public void A_switch_takes_nothing_else()
    {
        var run = CommandLine.Run(new Dictionary<string, string> { ["HARNESS_JSON"] = "yes" }, "doctor");

        Assert.Equal((ExitCode.Usage, "harness: HARNESS_JSON: expected 1, true, 0 or false, got 'yes'"), (run.Code, run.Error.TrimEnd()));
    }

    [Fact]
    public void A_repeated_option_takes_one_value_a_line() =>
        Assert.Contains("a b|c", Echo.Run(new() { ["HARNESS_METHOD"] = "a b\nc\n" }, []), StringComparison.Ordinal);

    /// <summary>Rejects twins that are put after "--", where they are arguments.</summary>
    [Fact]
    public void Twins_stay_before_the_double_dash() =>
        Assert.Contains(" Seed = 4,", Echo.Run(new() { ["HARNESS_SEED"] = "4" }, ["--", "--seed=5"]), StringComparison.Ordinal);

    /// <summary>A command that says what it was given.</summary>
    private sealed class Echo : HarnessCommand
    {
        private readonly ComputeOptions _compute = new();

        private readonly Option<bool> _json = CliOption.Json();

        private readonly Option<string[]> _methods = new("--method") { Description = "Methods.", Arity = ArgumentArity.ZeroOrMore };

        private Echo()
            : base("echo", "Says what it was given.", "harness echo")
        {
            _compute.AddTo(this);
            Options.Add(_json);
            Options.Add(_methods);
            Arguments.Add(new Argument<string[]>("rest") { Arity = ArgumentArity.ZeroOrMore });
        }

        public static string Run(Dictionary<string, string> environment, string[] args)
        {
            var echo = new Echo();
            var twins = EnvironmentTwin.ReadAll(echo.Parse(args), environment.GetValueOrDefault);
            var parsed = echo.Parse(EnvironmentTwin.AddTo(args, twins));
            Assert.Empty(parsed.Errors.Select(error => error.Message));
            using StringWriter output = new(), error = new();
            Assert.Equal(0, echo.Execute(parsed, new CommandContext(output, error, CancellationToken.None)));
            Assert.Empty(error.ToString());
            return output.ToString();
        }

        public override int Execute(ParseResult arguments, CommandContext context)
        {
            var settings = _compute.Read(arguments);
            if (arguments.GetValue(_json))
                context.WriteJson(settings);
            else
                context.Output.WriteLine($"{settings} disguised {settings.Disguise?.Label} {string.Join('|', arguments.GetValue(_methods)!)}");
            return ExitCode.Pass;
        }
    }
}
