namespace FsCheck.Xunit;

/// <summary>Settings shared by every <see cref="PropertyAttribute"/> of a class or an assembly.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly)]
public sealed class PropertiesAttribute : PropertyAttribute;
