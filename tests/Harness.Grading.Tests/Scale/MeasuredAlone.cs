namespace Harness.Grading.Tests;

/// <summary>Tests that measure the process run when nothing else does.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
