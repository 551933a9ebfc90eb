namespace Harness.Models;

/// <summary>A network is ill-formed, or an input does not fit it. The message names the operation and the shapes.</summary>
public sealed class NetworkException(string message, Exception? inner = null) : Exception(message, inner);
