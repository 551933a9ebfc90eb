namespace Harness.ToyModels;

/// <summary>Approved weights are missing, or are not those that were approved. The message names the file and the next step.</summary>
public sealed class FixtureException(string message, Exception? inner = null) : Exception(message, inner);
