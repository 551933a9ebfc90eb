using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>
/// One step of a network: reads named values (inputs, parameters, constants or earlier outputs) and defines a new one.
/// The vocabulary is closed, so that what is exported is what is graded.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "op")]
[JsonDerivedType(typeof(LinearOperation), "linear")]
[JsonDerivedType(typeof(MatmulOperation), "matmul")]
[JsonDerivedType(typeof(Conv2dOperation), "conv2d")]
[JsonDerivedType(typeof(MaxPool2dOperation), "max_pool2d")]
[JsonDerivedType(typeof(FlattenOperation), "flatten")]
[JsonDerivedType(typeof(ReshapeOperation), "reshape")]
[JsonDerivedType(typeof(ReluOperation), "relu")]
[JsonDerivedType(typeof(GeluOperation), "gelu")]
[JsonDerivedType(typeof(SiluOperation), "silu")]
[JsonDerivedType(typeof(SquareOperation), "square")]
[JsonDerivedType(typeof(AddOperation), "add")]
[JsonDerivedType(typeof(MultiplyOperation), "multiply")]
[JsonDerivedType(typeof(ScaleOperation), "scale")]
[JsonDerivedType(typeof(ConcatOperation), "concat")]
[JsonDerivedType(typeof(SliceOperation), "slice")]
[JsonDerivedType(typeof(TransposeOperation), "transpose")]
[JsonDerivedType(typeof(SumOperation), "sum")]
[JsonDerivedType(typeof(OneHotOperation), "one_hot")]
[JsonDerivedType(typeof(EmbeddingOperation), "embedding")]
[JsonDerivedType(typeof(SoftmaxOperation), "softmax")]
public abstract record Operation
{
    /// <summary>Names of the values it reads, in order.</summary>
    [JsonPropertyName("in"), JsonPropertyOrder(-2)]
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Name of the value it defines.</summary>
    [JsonPropertyName("out"), JsonPropertyOrder(100)]
    public required string Output { get; init; }

    /// <summary>How many values it reads; null: one or more.</summary>
    [JsonIgnore]
    internal virtual int? Arity => 1;

    /// <summary>Every name it reads: inputs, then weight and bias where there are any.</summary>
    [JsonIgnore]
    internal virtual IEnumerable<string> Reads => Inputs;

    /// <summary>Computes its output; arguments are in the order of <see cref="Reads"/>. Checks shapes first: genuine torch may abort on a bad one.</summary>
    internal abstract Tensor Evaluate(IReadOnlyList<Tensor> arguments);

    /// <summary>
    /// Which of its smooth pieces every entry of a piecewise operation is on, a tensor that compares by value; null: it is smooth everywhere.
    /// </summary>
    internal virtual Tensor? Gates(IReadOnlyList<Tensor> arguments) => null;

    /// <summary>A shape as error messages print it.</summary>
    internal static string Shape(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";

    /// <summary>Throws unless a shape condition holds.</summary>
    internal static void Require(bool condition, string expected, params ReadOnlySpan<Tensor> arguments)
    {
        if (condition)
            return;
        var shapes = new List<string>();
        foreach (var argument in arguments)
            shapes.Add(Shape(argument));
        throw new NetworkException($"expected {expected}, got {string.Join(" and ", shapes)}");
    }
}
