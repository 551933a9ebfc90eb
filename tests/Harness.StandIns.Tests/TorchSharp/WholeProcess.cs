namespace Harness.StandIns.Tests.TorchSharpTests;

/// <summary>Tests that look at counts or settings of the whole process; no other test runs beside them.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess;
