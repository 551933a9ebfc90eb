using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Text;
using VerifyTests;

namespace VerifyXunit;

/// <summary>The file name of a snapshot: <c>Class.Method_parameter=value_parameter=value</c>.</summary>
internal static class SnapshotName
{
    // What some file system forbids, so that a repository checks out everywhere.
    private static readonly SearchValues<char> s_forbidden = SearchValues.Create("\"\\<>|:*?/");

    public static string For(MethodInfo test, VerifySettings settings)
    {
        if (settings.FileName is not null)
            return settings.FileName;
        var parameters = test.GetParameters();
        var values = settings.Parameters ?? [];
        if (values.Length != parameters.Length)
        {
            throw new VerifyException(
                $"{ClassName(test.ReflectedType!)}.{test.Name} has {parameters.Length} parameters and UseParameters got {values.Length} values; " +
                "name all of them, in order, or give the snapshot a name with UseFileName.");
        }
        var name = new StringBuilder($"{ClassName(test.ReflectedType!)}.{test.Name}");
        foreach (var (parameter, value) in parameters.Zip(values))
            name.Append('_').Append(parameter.Name).Append('=').Append(Safe(value));
        return name.ToString();
    }

    /// <summary>The class name as it stands in the file name: <c>Outer.Inner</c> for a nested one.</summary>
    public static string ClassName(Type type) => type.DeclaringType is null ? type.Name : $"{ClassName(type.DeclaringType)}.{type.Name}";

    private static string Safe(object? value)
    {
        var text = value is null ? "null" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return string.Concat(text.Select(c => s_forbidden.Contains(c) || char.IsControl(c) ? '-' : c));
    }
}
