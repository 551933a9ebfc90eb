using Harness.Grading;

namespace Harness.Cli;

/// <summary>What <c>harness sphere --json</c> prints: the cases searched now, and statistics over them and those of a resumed record.</summary>
internal sealed record SphereView(
    string Model, ulong ModelSeed, int Models, ulong Seed, int Seeds, string Dtype, string Device, int Threads, IReadOnlyList<SphereCase> Cases,
    IReadOnlyList<SphereStatistics> Statistics);
