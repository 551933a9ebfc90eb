using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp;

namespace Harness.StandIns.Tests.TorchSharpTests;

/// <summary>The stand-in offers nothing that the genuine package lacks: code that compiles here compiles there.</summary>
public class SurfaceTests
{
    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    /// <summary>Rejects a member added for convenience, a renamed parameter and a changed default.</summary>
    [Fact]
    public void Every_public_member_is_on_the_approved_list()
    {
        var approved = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "TorchSharp", "StandIn",
            "torchsharp-surface.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#')).ToHashSet();
        var found = Surface().ToList();
        Assert.Empty(found.Except(approved));
        Assert.Empty(approved.Except(found));
    }

    /// <summary>Rejects a listing that sees no members, or no parameters.</summary>
    [Fact]
    public void The_listing_shows_whole_signatures()
    {
        var found = Surface().ToList();
        Assert.Contains("torch: static Tensor logsumexp(Tensor input, long dim, bool keepdim = false)", found);
        Assert.Contains("torch.Tensor: Tensor this[params TensorIndex[] indices] { get; set; }", found);
        Assert.Contains("torch.Tensor: implicit operator Tensor(double value)", found);
        Assert.Contains("torch.autograd: static IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, " +
            "IList<Tensor> grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)", found);
        Assert.DoesNotContain(found, line => line.Contains("TorchSharp.Native", StringComparison.Ordinal));
    }

    /// <summary>
    /// One line per public member of the stand-in, <c>type: signature</c>, written as code that imports <c>torch</c> statically
    /// writes it; its own description of itself excepted.
    /// </summary>
    internal static IEnumerable<string> Surface() => typeof(torch).Assembly.GetExportedTypes()
        .Where(type => type.Namespace != "TorchSharp.StandIn")
        .SelectMany(type => Members(type).Select(line => $"{Name(type)}: {line.Replace("torch.", "", StringComparison.Ordinal)}"))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags declared =
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), null)}");
        return type.GetConstructors(declared).Where(_ => !type.IsValueType).Select(constructor =>
            $"new({Parameters(constructor.GetParameters())})")
            .Concat(type.GetFields(declared).Select(field => $"static {Name(field.FieldType)} {field.Name}"))
            .Concat(type.GetProperties(declared).Select(Property))
            .Concat(type.GetMethods(declared).Where(IsListed).Select(Method));
    }

    private static bool IsListed(MethodInfo method) =>
        !(method.IsSpecialName && (method.Name.StartsWith("get_", StringComparison.Ordinal) || method.Name.StartsWith("set_",
            StringComparison.Ordinal)));

    private static string Property(PropertyInfo property)
    {
        var accessors = string.Concat(property.GetAccessors().Select(method => method == property.GetMethod ? "get; " : "set; "));
        var indices = property.GetIndexParameters();
        var name = indices.Length == 0 ? property.Name : $"this[{Parameters(indices)}]";
        return $"{Static(property.GetMethod!)}{Name(property.PropertyType)} {name} {{ {accessors}}}";
    }

    private static string Method(MethodInfo method) => method.Name switch
    {
        "op_Implicit" => $"implicit operator {Name(method.ReturnType)}({Parameters(method.GetParameters())})",
        "op_Explicit" => $"explicit operator {Name(method.ReturnType)}({Parameters(method.GetParameters())})",
        var name => $"{Static(method)}{Name(method.ReturnType)} {name}{Arguments(method)}({Parameters(method.GetParameters())})",
    };

    private static string Static(MethodBase method) => method.IsStatic ? "static " : "";

    private static string Arguments(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(parameter =>
        $"{Modifier(parameter)}{Name(parameter.ParameterType)} {parameter.Name}{Default(parameter)}"));

    private static string Modifier(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params "
        : parameter.Position == 0 && parameter.Member.IsDefined(typeof(ExtensionAttribute)) ? "this "
        : "";

    private static string Default(ParameterInfo parameter) => !parameter.HasDefaultValue ? "" : parameter.DefaultValue switch
    {
        null => " = null",
        bool value => value ? " = true" : " = false",
        string text => $" = \"{text}\"",
        Enum value => $" = {value}",
        var value => $" = {value}",
    };

    private static string Name(Type type)
    {
        if (s_keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Name(underlying) + "?";
        if (type.IsGenericParameter)
            return type.Name;
        var own = type.Name.Split('`')[0];
        if (type.IsGenericType && own == "ValueTuple")
            return $"({string.Join(", ", type.GetGenericArguments().Select(Name))})";
        if (type.IsGenericType)
            own += $"<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
        return type.DeclaringType is { } outer ? $"{Name(outer)}.{own}" : own;
    }
}
