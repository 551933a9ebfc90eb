namespace FsCheck.Xunit;

/// <summary>A property was falsified or ran out of arguments; the message holds the case and how to replay it.</summary>
/// <param name="message">The whole report.</param>
/// <param name="innerException">What the property threw in the shrunk case, if it threw.</param>
public sealed class PropertyFailedException(string message, Exception? innerException) : Exception(message, innerException);
