namespace Harness.Decompositions;

/// <summary>A method that finds directions in parameter space along which one skill of a network goes and another stays.</summary>
public interface ISteeringMethod
{
    /// <summary>Name, version and summary.</summary>
    MethodInfo Describe();

    /// <summary>
    /// Finds directions. The subject's tensors must not be modified. Tensors of the answer belong to the caller's dispose scope. Equal subjects, tasks,
    /// contexts and thread counts give equal answers.
    /// </summary>
    /// <exception cref="KeyNotFoundException">The subject has no data set of a name in the task.</exception>
    SteeringAnswer Steer(Subject subject, SteeringTask task, MethodContext context);
}
