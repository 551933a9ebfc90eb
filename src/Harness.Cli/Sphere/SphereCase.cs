using System.Diagnostics;
using Harness.Decompositions;
using Harness.Grading;
using Harness.Methods;
using Harness.Models;
using Harness.ToyModels;
using TorchSharp;

namespace Harness.Cli;

/// <summary>One sphere search on one plant, with the grader's columns.</summary>
/// <param name="ModelSeed">The plant's seed.</param>
/// <param name="Seed">The search's seed.</param>
/// <param name="Planted">Names of the planted subnetworks.</param>
/// <param name="Norm">‖θ*‖.</param>
/// <param name="Hops">Nothing frozen.</param>
/// <param name="Rounds">Each with what was found before frozen.</param>
/// <param name="Ending">Why there are no more rounds.</param>
/// <param name="Gradients">Gradients of the search.</param>
/// <param name="Products">Hessian products of the search.</param>
/// <param name="Seconds">Wall time of the search, grading not included.</param>
/// <param name="CpuSeconds">Processor time of the search.</param>
internal sealed record SphereCase(
    ulong ModelSeed, ulong Seed, IReadOnlyList<string> Planted, double Norm, IReadOnlyList<SphereColumns> Hops, IReadOnlyList<SphereColumns> Rounds, string Ending,
    long Gradients, long Products, double Seconds, double CpuSeconds)
{
    /// <summary>Searches and grades; what the search found stays in the caller's dispose scope.</summary>
    internal static (SphereCase Case, SphereSearchResult Result) Run(ToyModel toy, SphereSearchOptions options, MethodContext context)
    {
        var grader = new SphereGrader(toy);
        var (watch, processor) = (Stopwatch.StartNew(), Processor());
        var result = new SphereSearch(options).Search(toy.ToSubject(), context);
        var (seconds, cpu) = (watch.Elapsed.TotalSeconds, Processor() - processor);
        SphereColumns[] Graded(string kind, IReadOnlyList<SphereRound> rounds) =>
        [
            .. rounds.Select((round, index) =>
                SphereColumns.Of($"{kind} {index + 1}", round, grader, options.Radii, RandomSource.Named(context.Seed, $"random displacement, {kind} {index}"))),
        ];
        return (new SphereCase(
            toy.Seed, context.Seed, [.. toy.Truth.Subnetworks.Select(planted => planted.Name)], toy.Model.Parameters.norm().ToDouble(), Graded("hop", result.Hops),
            Graded("round", result.Rounds), result.Ending, result.Gradients, result.Products, seconds, cpu), result);
    }

    private static double Processor()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
