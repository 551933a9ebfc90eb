using System.CommandLine;
using System.Text.RegularExpressions;
using Harness.Grading;

namespace Harness.Cli;

/// <summary>The options that every computing command takes, with their defaults.</summary>
public sealed partial class ComputeOptions
{
    private readonly Option<ulong> _modelSeed = CliOption.Seed("--model-seed", "Seed of the planted model.");

    private readonly Option<ulong> _seed = CliOption.Seed("--seed", "Seed of the method or the solver.");

    private readonly Option<int> _seeds = CliOption.Count("--seeds", "Number of seeds: seed, seed + 1, …", 1, maximum: 100_000);

    private readonly Option<CaseDisguise?> _disguise = CliOption.Parsed<CaseDisguise?>(
        "--disguise", "Change of parameters that keeps the function: none, permute, rescale, rotate or all (composed, as admitted), then :SEED if wanted.",
        null, CaseDisguise.Syntax, text => CaseDisguise.Read(text) is { } read ? (true, read) : default);

    private readonly Option<string?> _mnist = CliOption.Text(
        "--mnist", "Folder of the original MNIST files (IDX, plain or .gz), instead of drawn digits; the network is then trained first.");

    private readonly Option<string> _dtype = CliOption.Choice("--dtype", "Number format: float64 or float32.", "float64", "float64", "float32");

    private readonly Option<string> _device = CliOption.Parsed(
        "--device", "Where to compute: cpu or cuda:N.", "cpu", "cpu or cuda:N", text => DeviceName().IsMatch(text) ? (true, text) : default);

    private readonly Option<int> _threads = CliOption.Count("--threads", "Threads of one libtorch operation.", 1, maximum: 1024);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        foreach (var option in new Option[] { _modelSeed, _seed, _seeds, _disguise, _mnist, _dtype, _device, _threads })
            command.Options.Add(option);
    }

    /// <summary>What was given, or the defaults.</summary>
    public ComputeSettings Read(ParseResult arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return new ComputeSettings(
            arguments.GetValue(_modelSeed), arguments.GetValue(_seed), arguments.GetValue(_seeds), arguments.GetValue(_disguise),
            arguments.GetValue(_dtype)!, arguments.GetValue(_device)!, arguments.GetValue(_threads))
        {
            Mnist = arguments.GetValue(_mnist),
        };
    }

    [GeneratedRegex(@"^(cpu|cuda(:[0-9]{1,3})?)\z")]
    private static partial Regex DeviceName();
}
